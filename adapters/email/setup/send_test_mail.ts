import type { ChannelView, Io, Result, SendError, SendReceipt } from "../../../core/channel/mod.ts";
import { senderName } from "../compose_mail.ts";
import type { EmailConfig } from "../config.ts";
import type { MailRoute } from "../mail_route.ts";
import { domainOf, sendLetter } from "../send_mail.ts";
import { testSubject } from "./test_id.ts";

/** Sends a mail from the mailbox to itself, or to one of its addresses with a code. */
export async function sendTestMail(
  { id, to, route }: { readonly id: string; readonly to: string; readonly route: MailRoute },
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<Result<SendReceipt, SendError>> {
  const { config } = channel;
  const name = senderName("", config);
  const text = "Parley sent this mail to itself, to see whether mail comes in and goes out. " +
    "You can delete it.";
  const letter = {
    recipients: { to: [{ name: "", address: to }], cc: [], bcc: [] },
    headers: {
      from: { name, address: config.fromAddress ?? config.address },
      replyTo: null,
      to: [{ name: "", address: to }],
      cc: [],
      subject: await testSubject(id, io),
      messageId: `t.${id}@${domainOf(channel)}`,
      inReplyTo: null,
      references: [],
      date: io.now(),
      isAutomatic: true,
    },
    content: { text, html: `<p>${text}</p>`, attachments: [] },
  };
  return await sendLetter({ route, letter, idempotencyKey: `test-${id}` }, channel, io);
}
