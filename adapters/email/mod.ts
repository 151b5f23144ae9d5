/**
 * Email. Mails are posted as they are (`POST /hooks/:channelId`, message/rfc822); replies leave by SMTP.
 * A mail finds its conversation by the signed address it was sent to, the message it answers, or the id of one of ours.
 * @module
 */
import { type Capabilities, defineAdapter } from "../../core/channel/mod.ts";
import { answerAddress, noticeId } from "./agent_mail.ts";
import { autoReplyText } from "./auto_reply_text.ts";
import { EmailConfig, signsIn } from "./config.ts";
import { letterStyle } from "./letter_style.ts";
import { originalOf, pushWebhook } from "./inbound_push/mod.ts";
import { imapHistory, pollImap, saveToSent } from "./inbound_imap/mod.ts";
import { google, microsoft } from "./oauth/mod.ts";
import { apiHosts } from "./outbound_api/mod.ts";
import { receiveMail } from "./receiver/mod.ts";
import { MAX_FILES_BYTES, sendMail } from "./send_mail.ts";
import { sendNotice } from "./send_notice.ts";
import { mailSuggest } from "./suggest/mod.ts";
import { testSetup } from "./setup/mod.ts";

export { createApiMailer, createSystemMailer, type SystemMail } from "./system_mailer.ts";

const capabilities: Capabilities = {
  inbound: ["text", "media"],
  outbound: ["text", "media"],
  text: { max: 500_000, unit: "utf16", split: false, dialect: "html" },
  media: { types: ["*"], maxBytes: MAX_FILES_BYTES, maxCount: 50 },
  quickReplies: null,
  email: true,
  receipts: { delivered: false, read: false },
  typing: false,
  edit: false,
  delete: false,
  react: false,
  window: null,
  idempotentSend: false,
  echo: false,
  transports: ["webhook", "poll", "socket"],
  ratePerSecond: null,
  proactive: true,
  undoSeconds: 10,
};

/** The email adapter. */
export const email = defineAdapter<EmailConfig>({
  apiVersion: 1,
  id: "email",
  label: "Email",
  description: "A mailbox: customers write to its address, your team answers from it.",
  config: EmailConfig,
  capabilities,
  hosts: ["sns.*.amazonaws.com", "sns.*.amazonaws.com.cn", ...apiHosts],
  configHosts: ({ inbound, outbound }) => [
    ...inbound.kind === "imap" ? [inbound.host] : [],
    ...outbound.kind === "smtp" ? [outbound.host] : [],
    ...outbound.kind === "api" && outbound.baseUrl !== undefined
      ? [new URL(outbound.baseUrl).hostname]
      : [],
  ],
  apps: [google, microsoft],
  oauth: {
    isUsed: ({ inbound, outbound }) => signsIn(inbound) || signsIn(outbound),
    accountOf: ({ address, inbound, outbound }) =>
      signsIn(inbound) ? inbound.user : signsIn(outbound) ? outbound.user ?? address : address,
  },
  autoReply: autoReplyText,
  send: sendMail,
  letters: {
    ownAddresses: ({ address, fromAddress, replyTo }) =>
      [address, fromAddress, replyTo].filter((one) => one !== undefined),
    style: letterStyle,
    original: originalOf,
  },
  notices: { answerAddress, noticeId, send: sendNotice },
  webhook: pushWebhook,
  poll: pollImap,
  listen: receiveMail,
  history: imapHistory,
  archive: saveToSent,
  suggest: mailSuggest,
  setup: { test: testSetup },
});
