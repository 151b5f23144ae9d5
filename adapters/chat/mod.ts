/**
 * Website chat. Its customers use Parley's own visitor API (`/visitor/v1`) through the widget, so
 * there is no provider: a reply is sent once it is committed, and visitors' streams pick it up there.
 * @module
 */
import { type Capabilities, defineAdapter, ok } from "../../core/channel/mod.ts";
import { ChatConfig } from "./config.ts";

/** Longest message of a visitor or an agent, in UTF-16 units. */
const MAX_TEXT = 10_000;
const MAX_FILE_BYTES = 25 * 1024 * 1024;

const capabilities: Capabilities = {
  inbound: ["text", "media"],
  outbound: ["text", "media"],
  text: { max: MAX_TEXT, unit: "utf16", split: true, dialect: "plain" },
  media: { types: ["*"], maxBytes: MAX_FILE_BYTES, maxCount: 10 },
  quickReplies: null,
  email: false,
  receipts: { delivered: true, read: true },
  typing: true,
  edit: false,
  delete: false,
  react: false,
  window: null,
  idempotentSend: true,
  echo: false,
  transports: ["stream"],
  ratePerSecond: null,
  proactive: false,
  undoSeconds: 0,
};

/** The chat adapter. */
export const chat = defineAdapter<ChatConfig>({
  apiVersion: 1,
  id: "chat",
  label: "Website chat",
  description: "A chat widget for your website: visitors write, your team answers.",
  config: ChatConfig,
  capabilities,
  hosts: [],
  send: () => Promise.resolve(ok({ externalId: null, status: "sent" })),
  visitor: {
    allowedDomains: (config) => config.allowedDomains,
    identity: (config) => ({
      mode: config.identityMode,
      secret: config.identitySecret ?? null,
    }),
    limits: (config) => ({
      sessionsPerHour: config.sessionsPerHour,
      messagesPerMinute: config.messagesPerMinute,
      filesPerHour: config.filesPerHour,
    }),
    // Channels made before there were these settings are as new ones.
    continuity: ({ mailAnswers = true, mailAfterMinutes = 10 }) =>
      mailAnswers ? { afterMs: mailAfterMinutes * 60_000 } : null,
    publicConfig: (config) => ({
      title: config.title,
      greeting: config.greeting,
      replyTime: config.replyTime,
      accentColor: config.accentColor,
      position: config.position,
      theme: config.theme,
      poweredBy: config.poweredBy,
    }),
  },
});
