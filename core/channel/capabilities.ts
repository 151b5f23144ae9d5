import { z } from "zod";

/** How a text limit counts. */
export const TextUnit = z.enum(["utf16", "codepoints", "bytes", "gsm_segments"]);

/** What a channel can do, as data: the composer, the splitter and the outbox read it; nothing asks for a channel's type. */
export const Capabilities = z.strictObject({
  /** Part kinds that may arrive and may be sent. */
  inbound: z.array(z.string()).readonly(),
  outbound: z.array(z.string()).readonly(),
  text: z.strictObject({
    max: z.int().positive(),
    unit: TextUnit,
    /** Longer text is sent as several messages instead of refused. */
    split: z.boolean(),
    dialect: z.enum(["plain", "html", "markdown", "whatsapp"]),
  }).readonly(),
  media: z.strictObject({
    /** MIME types or "image/*" patterns; ["*"] for any. */
    types: z.array(z.string()).readonly(),
    maxBytes: z.int().nonnegative(),
    /** Files of a reply. */
    maxCount: z.int().nonnegative(),
    /** Files that one message of the provider takes; a reply with more is sent as several. Absent: all. */
    perMessage: z.int().positive().optional(),
    /** False: text and files are messages of their own. */
    caption: z.boolean().optional(),
  }).readonly(),
  /** `titleMax` in characters (code points). */
  quickReplies: z.strictObject({ max: z.int(), titleMax: z.int() }).readonly().nullable(),
  /** Subject, cc, bcc and reply-all apply. */
  email: z.boolean(),
  receipts: z.strictObject({ delivered: z.boolean(), read: z.boolean() }).readonly(),
  typing: z.boolean(),
  edit: z.boolean(),
  delete: z.boolean(),
  react: z.boolean(),
  /** How long after the contact's last message, tap or whatever else opens it we may answer. */
  window: z.strictObject({
    openMs: z.int().positive(),
    /** A person may still answer for so long, counted from the same moment; longer than `openMs`. */
    humanMs: z.int().positive().optional(),
    /** Later, approved templates may be sent. */
    templateAfter: z.boolean().optional(),
  }).readonly().nullable(),
  /** The provider drops a second send with the same outboxId. */
  idempotentSend: z.boolean(),
  /** Own sends come back as events. */
  echo: z.boolean(),
  transports: z.array(z.enum(["webhook", "poll", "socket", "stream"])).readonly(),
  /** Sends a second at most; null when the provider says so itself. */
  ratePerSecond: z.number().positive().nullable(),
  /** We may write first. */
  proactive: z.boolean(),
  /** Seconds a reply can be undone by default. */
  undoSeconds: z.int().min(0).max(30),
}).readonly();
export type Capabilities = z.infer<typeof Capabilities>;
