import type { Io } from "../../core/channel/mod.ts";
import { composeMail } from "./compose_mail.ts";
import { addressesIn } from "./mail_addresses.ts";
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
}

/**
 * Sends Parley's own mail (invitations, resets) through the deployment's SMTP server.
 * @param url `smtp(s)://user:password@host:port`
 * @param options.from the sender, as `Parley <parley@example.com>` or an address alone
 * @returns a mailer that throws an Error without secrets when the server does not take the mail
 * @throws TypeError when the URL or the sender cannot be read
 */
export function createSystemMailer(
  url: string,
  options: { readonly from: string } & Pick<Io, "now" | "random">,
): (mail: SystemMail, signal: AbortSignal) => Promise<void> {
  const server = smtpServerOf(url);
  const from = addressesIn([options.from])[0];
  if (from === undefined) throw new TypeError("Cannot read the sender of Parley's own mail");
  const domain = from.address.split("@").at(-1) ?? "localhost";

  return async (mail, signal) => {
    const bytes = await composeMail({
      from,
      replyTo: null,
      to: [{ name: "", address: mail.to }],
      cc: [],
      subject: mail.subject,
      messageId: `${options.random.bytes(16).toHex()}@${domain}`,
      inReplyTo: null,
      references: [],
      date: options.now(),
      isAutomatic: true,
    }, { text: mail.text, html: mail.html ?? textAsHtml(mail.text), attachments: [] });
    const target = { server, address: server.host, ownName: domain };
    const envelope = { from: from.address, to: [mail.to] };
    const delivery = await deliverMail(target, bytes, envelope, signal);
    if (delivery.kind === "accepted") return;
    const { code, message } = smtpError(delivery.error, delivery.isHandedOver);
    throw new Error(`Cannot send Parley's own mail (${code}): ${message}`);
  };
}
