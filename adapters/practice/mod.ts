/**
 * Practice: customers who are not real. They write by themselves, answer replies and, if wanted, misbehave; recorded
 * traffic can be played to them too. There is no provider: the adapter is one (README.md).
 * @module
 */
import { defineAdapter, eventsFromJson, ok } from "../../core/channel/mod.ts";
import { PracticeConfig } from "./config.ts";
import { pollPlay } from "./poll_play.ts";
import { sendToCustomer } from "./send_to_customer.ts";

const MAX_FILE_BYTES = 25 * 1024 * 1024;

/** The practice adapter. */
export const practice = defineAdapter<PracticeConfig>({
  apiVersion: 1,
  id: "practice",
  label: "Practice",
  description: "Customers who are not real: try everything out without any account.",
  config: PracticeConfig,
  capabilities: {
    inbound: ["text", "media"],
    outbound: ["text", "media"],
    text: { max: 4_000, unit: "utf16", split: true, dialect: "plain" },
    media: { types: ["*"], maxBytes: MAX_FILE_BYTES, maxCount: 10 },
    quickReplies: { max: 10, titleMax: 40 },
    email: false,
    receipts: { delivered: true, read: true },
    typing: true,
    edit: false,
    delete: false,
    react: false,
    window: null,
    idempotentSend: true,
    echo: false,
    transports: ["poll"],
    ratePerSecond: null,
    proactive: true,
    undoSeconds: 0,
  },
  hosts: [],
  send: sendToCustomer,
  typing: { lastsMs: 5_000, show: () => Promise.resolve(ok(null)) },
  poll: {
    isUsed: ({ everyMinutes, replay }) => everyMinutes > 0 || replay !== "off",
    open: (channel, io) => Promise.resolve(ok(pollPlay(channel, io))),
    parse: (delivery) => eventsFromJson(delivery),
  },
});
