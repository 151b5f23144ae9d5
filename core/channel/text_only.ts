import type { Capabilities } from "./capabilities.ts";

/** Capabilities of a channel that takes and delivers plain text and nothing else: a new adapter begins here. */
export const textOnly: Capabilities = {
  inbound: ["text"],
  outbound: ["text"],
  text: { max: 1_000, unit: "utf16", split: true, dialect: "plain" },
  media: { types: [], maxBytes: 0, maxCount: 0 },
  quickReplies: null,
  email: false,
  receipts: { delivered: false, read: false },
  typing: false,
  edit: false,
  delete: false,
  react: false,
  window: null,
  idempotentSend: false,
  echo: false,
  transports: ["webhook"],
  ratePerSecond: null,
  proactive: false,
  undoSeconds: 0,
};
