import {
  type ChannelView,
  err,
  type Io,
  ok,
  type OutboundPart,
  type Result,
  type SendError,
  type SendReceipt,
} from "../../core/channel/mod.ts";
import {
  composeMail,
  invalidAddress,
  type MailContent,
  type MailHeaders,
  replyBody,
  senderName,
  trimReferences,
} from "./compose_mail.ts";
import type { EmailConfig } from "./config.ts";
import { type NamedAddress, sameAddress } from "./mail_addresses.ts";
import { type MailRoute, mailRoute } from "./mail_route.ts";
import { ownMessageId } from "./message_id.ts";
import { sendByApi } from "./outbound_api/mod.ts";
import { quoteHistory, threadCode } from "./quote_history.ts";
import { refusedRecipients } from "./refused_recipients.ts";
import { replyAddress } from "./reply_address.ts";
import type { SmtpServer } from "./smtp_server.ts";
import { handOver } from "./smtp_sign_in.ts";
import { withNumber } from "./weak_hints.ts";

/** What the files of one mail may weigh together: encoded, that is about what mail servers take. */
export const MAX_FILES_BYTES = 18 * 1024 * 1024;

/** Sends one reply, by SMTP or an HTTP API. A retry of the same message carries the same Message-ID. */
export async function sendMail(
  part: OutboundPart,
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<Result<SendReceipt, SendError>> {
  const recipients = recipientsOf(part);
  const everyone = [...recipients.to, ...recipients.cc, ...recipients.bcc];
  if (recipients.to.length === 0) {
    return err({ code: "recipient_unreachable", message: "This customer has no mail address." });
  }
  const invalid = invalidAddress(everyone);
  if (invalid !== null) {
    return err({ code: "rejected", field: "to", message: "An address is not a mail address." });
  }
  if (part.attachments.reduce((sum, { size }) => sum + size, 0) > MAX_FILES_BYTES) {
    return err({ code: "too_large", message: "The files are too large for one mail (18 MiB)." });
  }
  const route = mailRoute(channel.config.outbound, io);
  if (route === null) {
    return err({ code: "config", message: "Parley has no mail server of its own to send with." });
  }
  const letter = await letterOf(part, channel, io, io.now());
  const idempotencyKey = `${part.outboxId}-${part.index}`;
  return await sendLetter({ route, letter, idempotencyKey }, channel, io);
}

/** Hands a written mail over. @param idempotencyKey the same for each attempt at the same mail */
export async function sendLetter(
  { route, letter, idempotencyKey }: {
    readonly route: MailRoute;
    readonly letter: Letter;
    readonly idempotencyKey: string;
  },
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<Result<SendReceipt, SendError>> {
  if (route.kind === "smtp") return await sendBySmtp(route.server, letter, channel, io);
  const mail = { ...letter, bcc: letter.recipients.bcc, idempotencyKey };
  return await sendByApi(route.settings, mail, io);
}

/** A mail that only has to be written and handed over. */
export interface Letter {
  readonly recipients: Recipients;
  readonly headers: MailHeaders;
  readonly content: MailContent;
}

/** A reply as a mail. @param date of its header, epoch ms */
export async function letterOf(
  part: OutboundPart,
  channel: ChannelView<EmailConfig>,
  io: Io,
  date: number,
): Promise<Letter> {
  const recipients = recipientsOf(part);
  const code = channel.config.matchBody ? await threadCode(part.conversationId, io) : "";
  const history = await quoteHistory(part.email?.history ?? [], part.conversationId, io);
  return {
    recipients,
    headers: { ...await headersOf(part, channel, recipients, io), date },
    content: {
      ...replyBody(part, channel.config.signature, history, code),
      attachments: await Promise.all(part.attachments.map(async (file) => ({
        name: file.name,
        type: file.type,
        ...file.contentId === undefined ? {} : { contentId: file.contentId },
        content: await file.bytes(),
      }))),
    },
  };
}

async function sendBySmtp(
  server: SmtpServer,
  { recipients, headers, content }: Letter,
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<Result<SendReceipt, SendError>> {
  const reached = await io.connect(server.host, server.port);
  if (!reached.ok) return err({ code: "config", message: reached.reason });
  const everyone = [...recipients.to, ...recipients.cc, ...recipients.bcc];
  const target = { server, address: reached.address, ownName: domainOf(channel) };
  const envelope = {
    from: channel.config.address,
    to: [...new Set(everyone.map(({ address }) => address))],
  };
  const mail = await composeMail(headers, content);
  const handed = await handOver(target, mail, envelope, io);
  if (!handed.ok) return handed;
  const delivery = handed.value;
  const refused = refusedRecipients(delivery.info, envelope.to);
  const isRefused = ({ address }: NamedAddress) =>
    refused.some((one) => sameAddress(one.address, address));
  if (refused.length > 0) io.log("warn", "recipients refused", { count: refused.length });
  if (recipients.to.every(isRefused)) {
    const message = "The customer's address was refused; the copies were sent.";
    return err({ code: "recipient_unreachable", message, refused });
  }
  return ok({
    externalId: headers.messageId,
    ...delivery.serverMessageId === null ? {} : { aliases: [delivery.serverMessageId] },
    status: "sent",
    ...refused.length === 0 ? {} : { refused },
  });
}

export function domainOf(channel: ChannelView<EmailConfig>): string {
  return channel.config.address.split("@").at(-1) ?? "localhost";
}

interface Recipients {
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  readonly bcc: readonly NamedAddress[];
}

function recipientsOf({ email, recipient }: OutboundPart): Recipients {
  if (email !== undefined && email.to.length > 0) return email;
  const address = recipient.identities.find(({ kind }) => kind === "email")?.value;
  const to = address === undefined ? [] : [{ name: recipient.name, address }];
  return { to, cc: email?.cc ?? [], bcc: email?.bcc ?? [] };
}

async function headersOf(
  part: OutboundPart,
  channel: ChannelView<EmailConfig>,
  { to, cc }: Recipients,
  io: Io,
): Promise<Omit<MailHeaders, "date">> {
  const { config } = channel;
  const from = part.email?.from ??
    { name: senderName(part.authorName, config), address: config.fromAddress ?? config.address };
  const coded = config.replyCodes
    ? await replyAddress(
      config.address,
      part.conversationId,
      io,
      part.isAside === true ? "aside" : "reply",
    )
    : null;
  const answersTo = config.replyTo ?? coded ??
    (from.address === config.address ? null : config.address);
  const references = trimReferences(part.email?.references ?? []);
  return {
    from,
    replyTo: answersTo === null ? null : { name: from.name, address: answersTo },
    to,
    cc,
    subject: config.matchNumber
      ? withNumber(part.email?.subject ?? "", part.conversationNumber)
      : part.email?.subject ?? "",
    messageId: await ownMessageId(part, domainOf(channel), io),
    inReplyTo: trimReferences(part.email?.inReplyTo ? [part.email.inReplyTo] : [])[0] ?? null,
    references,
    ...part.isAutomatic === true ? { isAutomatic: true } : {},
  };
}
