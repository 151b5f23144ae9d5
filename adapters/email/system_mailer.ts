import type { Io, MailApi } from "../../core/channel/mod.ts";
import { composeMail, type MailHeaders } from "./compose_mail.ts";
import { addressesIn, type NamedAddress } from "./mail_addresses.ts";
import { systemMailSettings } from "./mail_route.ts";
import { sendByApi } from "./outbound_api/mod.ts";
import { smtpError } from "./smtp_error.ts";
import { smtpServerOf } from "./smtp_server.ts";
import { deliverMail } from "./smtp_session.ts";
import { textAsHtml } from "./text_as_html.ts";

/** Parley's own mail to one of its users. */
export interface SystemMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Where an answer goes; absent: nowhere in particular. */
  readonly replyTo?: string;
  /** Without brackets, as the next; absent: a random one. */
  readonly messageId?: string;
  readonly references?: readonly string[];
}
export type SendSystemMail = (mail: SystemMail, signal: AbortSignal) => Promise<void>;

interface MailerOptions extends Pick<Io, "now" | "random"> {
  /** The sender, as `Parley <parley@example.com>` or an address alone. */
  readonly from: string;
}

/**
 * Sends Parley's own mail (invitations, resets) through the deployment's SMTP server.
 * @param url `smtp(s)://user:password@host:port`
 * @returns a mailer that throws an Error without secrets when the server does not take the mail
 * @throws TypeError when the URL or the sender cannot be read
 */
export function createSystemMailer(url: string, options: MailerOptions): SendSystemMail {
  const server = smtpServerOf(url);
  const from = senderOf(options);

  return async (mail, signal) => {
    const bytes = await composeMail(headersOf(mail, from, options), contentOf(mail));
    const target = { server, address: server.host, ownName: domainOf(from) };
    const envelope = { from: from.address, to: [mail.to] };
    const delivery = await deliverMail(target, bytes, envelope, signal);
    if (delivery.kind === "accepted") return;
    throw notSent(smtpError(delivery.error, delivery.isHandedOver));
  };
}

/**
 * The same through a mail service's HTTP API, for places where the ports of SMTP are closed.
 * @returns a mailer that throws an Error without secrets when the service does not take the mail
 * @throws TypeError when the sender cannot be read
 */
export function createApiMailer(
  api: MailApi,
  options: MailerOptions & Pick<Io, "fetch">,
): SendSystemMail {
  const from = senderOf(options);

  return async (mail, signal) => {
    const headers = headersOf(mail, from, options);
    const letter = {
      headers,
      bcc: [],
      content: contentOf(mail),
      idempotencyKey: headers.messageId,
    };
    const sent = await sendByApi(systemMailSettings(api), letter, { ...options, signal });
    if (!sent.ok) throw notSent(sent.error);
  };
}

function senderOf({ from }: MailerOptions): NamedAddress {
  const [sender] = addressesIn([from]);
  if (sender === undefined) throw new TypeError("Cannot read the sender of Parley's own mail");
  return sender;
}

function domainOf({ address }: NamedAddress): string {
  return address.split("@").at(-1) ?? "localhost";
}

function headersOf(mail: SystemMail, from: NamedAddress, options: MailerOptions): MailHeaders {
  return {
    from,
    replyTo: mail.replyTo === undefined ? null : { name: from.name, address: mail.replyTo },
    to: [{ name: "", address: mail.to }],
    cc: [],
    subject: mail.subject,
    messageId: mail.messageId ?? `${options.random.bytes(16).toHex()}@${domainOf(from)}`,
    inReplyTo: null,
    references: mail.references ?? [],
    date: options.now(),
    isAutomatic: true,
  };
}

function contentOf({ text, html }: SystemMail) {
  return { text, html: html ?? textAsHtml(text), attachments: [] };
}

function notSent({ code, message }: { readonly code: string; readonly message: string }): Error {
  return new Error(`Cannot send Parley's own mail (${code}): ${message}`);
}
