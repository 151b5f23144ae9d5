import {
  type ChannelView,
  err,
  type Io,
  type Notice,
  ok,
  type Result,
  type SendError,
} from "../../core/channel/mod.ts";
import type { EmailConfig } from "./config.ts";
import { mailRoute } from "./mail_route.ts";
import { domainOf, type Letter, sendLetter } from "./send_mail.ts";

/** Who the team's own mail comes from, as in Parley's other mails. */
const SENDER = "Parley";

/** Sends a notification from the mailbox's own address. A retry carries the same Message-ID. */
export async function sendNotice(
  notice: Notice,
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<Result<null, SendError>> {
  const { address, outbound } = channel.config;
  const route = mailRoute(outbound, io);
  if (route === null) {
    return err({ code: "config", message: "Parley has no mail server of its own to send with." });
  }
  const { thread } = notice;
  const messageId = thread?.messageId ?? `${io.random.bytes(16).toHex()}@${domainOf(channel)}`;
  const letter: Letter = {
    recipients: { to: [{ name: "", address: notice.to }], cc: [], bcc: [] },
    headers: {
      from: { name: SENDER, address },
      replyTo: thread === null ? null : { name: SENDER, address: thread.replyTo },
      to: [{ name: "", address: notice.to }],
      cc: [],
      subject: notice.subject,
      messageId,
      inReplyTo: null,
      references: thread?.references ?? [],
      date: io.now(),
      isAutomatic: true,
    },
    content: { text: notice.text, html: notice.html, attachments: [] },
  };
  const sent = await sendLetter({ route, letter, idempotencyKey: messageId }, channel, io);
  return sent.ok ? ok(null) : err(sent.error);
}
