/**
 * Facebook Messenger: people write to a Page, the team answers. One app at Meta serves many Pages; its deliveries come
 * to `/hooks/app/:appId` and are read by the channel of the Page they are about.
 * @module
 */
import {
  type Capabilities,
  defineAdapter,
  instantReply,
  instantReplyLinks,
} from "../../core/channel/mod.ts";
import { MessengerConfig } from "./config.ts";
import { fetchMedia } from "./media.ts";
import {
  answerHandshake,
  appConfigOf,
  META_DELIVERIES,
  metaApp,
  verifySignature,
} from "./meta/mod.ts";
import { pagesIn, parseDelivery } from "./parse/mod.ts";
import { fetchProfile } from "./profile.ts";
import { PSID } from "./psid.ts";
import { showAction } from "./sender_action.ts";
import { MAX_TEXT, sendMessage } from "./send_message.ts";
import { accounts, connection, testSetup } from "./setup/mod.ts";

const HOUR_MS = 60 * 60 * 1_000;
const OPEN_MS = 24 * HOUR_MS;
const HUMAN_MS = 7 * 24 * HOUR_MS;

const capabilities: Capabilities = {
  inbound: ["text", "media", "location"],
  outbound: ["text", "media"],
  text: { max: MAX_TEXT, unit: "utf16", split: true, dialect: "plain" },
  media: {
    types: ["*"],
    maxBytes: 25 * 1024 * 1024,
    maxCount: 10,
    // One thing at a time: text, or one file.
    perMessage: 1,
    caption: false,
  },
  quickReplies: { max: 13, titleMax: 20 },
  email: false,
  receipts: { delivered: true, read: true },
  typing: true,
  edit: false,
  delete: false,
  react: false,
  window: { openMs: OPEN_MS },
  idempotentSend: false,
  echo: true,
  transports: ["webhook"],
  ratePerSecond: null,
  proactive: false,
  undoSeconds: 0,
};

/** The Messenger adapter. */
export const messenger = defineAdapter<MessengerConfig>({
  apiVersion: 1,
  id: "messenger",
  label: "Facebook Messenger",
  description: "A Facebook Page: people write to it on Messenger, your team answers.",
  config: MessengerConfig,
  capabilities,
  capabilitiesOf: ({ humanAgentApproved }) =>
    humanAgentApproved === true
      ? { ...capabilities, window: { openMs: OPEN_MS, humanMs: HUMAN_MS } }
      : capabilities,
  hosts: ["graph.facebook.com"],
  bases: ["graph"],
  apps: [metaApp],
  needsApp: true,
  autoReply: instantReply,
  directLinks: (config) => instantReplyLinks(config, (ref) => directLink(config.pageId, ref)),
  send: sendMessage,
  webhook: {
    ...META_DELIVERIES,
    handshake(request, channel) {
      const app = appConfigOf(channel);
      return Promise.resolve(app === null ? null : answerHandshake(request, app.verifyToken));
    },
    async verify(request, channel) {
      const app = appConfigOf(channel);
      return app === null
        ? { ok: false, reason: "mismatch" }
        : await verifySignature(request, app.appSecret);
    },
    parse: parseDelivery,
  },
  shared: { accountKey: ({ pageId }) => pageId, split: pagesIn },
  media: { fetch: fetchMedia },
  profile: { identityKind: PSID, fetch: fetchProfile },
  typing: {
    lastsMs: 20_000,
    show: (recipient, channel, io) => showAction("typing_on", recipient, channel, io),
  },
  receipts: {
    markRead: (recipient, _upTo, channel, io) => showAction("mark_seen", recipient, channel, io),
  },
  connection,
  accounts,
  setup: { test: testSetup },
});

/** Opens a conversation with a Page; what stands behind `ref` comes along with it. */
function directLink(pageId: string, ref: string | null): string {
  const url = new URL(`https://m.me/${encodeURIComponent(pageId)}`);
  if (ref !== null) url.searchParams.set("ref", ref);
  return url.href;
}
