import { z } from "zod";
import { type Capabilities, TextUnit } from "../../core/channel/mod.ts";

const MB = 1_000_000;
const HOUR_MS = 3_600_000;

const Address = z.url({
  protocol: /^https?$/,
  error: "must be an address with https:// or http://",
})
  .max(2_000);
const Secret = z.string().min(16, "needs 16 characters or more").max(512);

/** Settings of an API channel: where its program is, the secret they share, and what it can do. */
export const ApiConfig = z.strictObject({
  url: Address.meta({
    title: "Address of your program",
    help: "Replies are posted to it, as JSON. Use https://, unless it runs on this machine.",
  }),
  secret: Secret.meta({
    title: "Secret",
    help: "Signs what goes either way. Any 16 characters or more; your program has the same.",
    secret: true,
  }),
  previousSecret: Secret.optional().meta({
    title: "Previous secret",
    help: "Taken as well while your program changes to the new one. Empty it afterwards.",
    secret: true,
    advanced: true,
  }),
  textMax: z.int().min(20).max(100_000).default(4_096).meta({
    title: "Longest text",
    help: "What is longer is sent as several messages.",
  }),
  textUnit: TextUnit.default("codepoints").meta({
    title: "Counted in",
    labels: {
      codepoints: "Characters",
      utf16: "UTF-16 units",
      bytes: "Bytes of UTF-8",
      gsm_segments: "SMS segments",
    },
    advanced: true,
  }),
  maxFiles: z.int().min(0).max(100).default(10).meta({
    title: "Files in one message",
    help: "0: it takes none.",
  }),
  maxFileMb: z.int().min(1).max(25).default(25).meta({
    title: "Largest file, in MB",
    advanced: true,
  }),
  fileTypes: z.array(
    z.string().trim().toLowerCase().max(127).regex(
      /^(\*|[a-z0-9.+-]+\/(\*|[a-z0-9.+-]+))$/,
      "must be a media type such as image/png or image/*",
    ),
  ).max(100).default([]).meta({
    title: "Types of files",
    help: "Such as image/* or application/pdf, one per line. None: any.",
    widget: "lines",
    advanced: true,
  }),
  fileLinks: z.boolean().default(false).meta({
    title: "It fetches files itself",
    help: "Files are sent as addresses that work for a day, in place of their bytes.",
    advanced: true,
  }),
  quickReplies: z.int().min(0).max(20).default(0).meta({
    title: "Quick replies at most",
    help: "Answers a customer can tap. 0: it has none, and they are sent as numbered text.",
    advanced: true,
  }),
  quickReplyMax: z.int().min(1).max(200).default(20).meta({
    title: "Characters of a quick reply",
    advanced: true,
  }),
  windowHours: z.int().min(0).max(8_760).default(0).meta({
    title: "Hours in which one may answer",
    help: "Counted from a customer's last message. 0: always.",
    advanced: true,
  }),
  templatesUrl: Address.optional().meta({
    title: "Address of the templates",
    help: "Lists what may be written when these hours are over. Empty: nothing.",
    advanced: true,
  }),
  reportsDelivered: z.boolean().default(true).meta({
    title: "It reports what was delivered",
    advanced: true,
  }),
  reportsRead: z.boolean().default(true).meta({
    title: "It reports what was read",
    advanced: true,
  }),
  takesTyping: z.boolean().default(false).meta({
    title: "It is told when an agent writes",
    advanced: true,
  }),
  takesRead: z.boolean().default(false).meta({
    title: "It is told what an agent has read",
    advanced: true,
  }),
  writesFirst: z.boolean().default(true).meta({
    title: "Agents may write first",
    advanced: true,
  }),
  dropsRepeated: z.boolean().default(true).meta({
    title: "It drops a message that comes twice",
    help:
      "By its Parley-Delivery. Then one whose answer was lost is sent again; otherwise an agent is asked.",
    advanced: true,
  }),
}).refine(
  ({ windowHours, templatesUrl }) => templatesUrl === undefined || windowHours > 0,
  { path: ["windowHours"], message: "is needed: templates are for afterwards" },
);
export type ApiConfig = z.infer<typeof ApiConfig>;

/** What a channel with these settings can do. Pure. */
export function apiCapabilities(config: Omit<ApiConfig, "url" | "secret">): Capabilities {
  const { textMax: max, textUnit: unit, maxFiles, fileTypes, windowHours } = config;
  const hasFiles = maxFiles > 0;
  return {
    inbound: ["text", "media", "location", "contact_card"],
    outbound: hasFiles ? ["text", "media"] : ["text"],
    text: { max, unit, split: true, dialect: "plain" },
    media: hasFiles
      ? {
        types: fileTypes.length === 0 ? ["*"] : fileTypes,
        maxBytes: config.maxFileMb * MB,
        maxCount: maxFiles,
      }
      : { types: [], maxBytes: 0, maxCount: 0 },
    quickReplies: config.quickReplies === 0
      ? null
      : { max: config.quickReplies, titleMax: config.quickReplyMax },
    email: false,
    receipts: { delivered: config.reportsDelivered, read: config.reportsRead },
    typing: config.takesTyping,
    edit: false,
    delete: false,
    react: false,
    window: windowHours === 0 ? null : {
      openMs: windowHours * HOUR_MS,
      ...config.templatesUrl === undefined ? {} : { templateAfter: true },
    },
    idempotentSend: config.dropsRepeated,
    echo: false,
    transports: ["webhook"],
    ratePerSecond: null,
    proactive: config.writesFirst,
    undoSeconds: 0,
  };
}
