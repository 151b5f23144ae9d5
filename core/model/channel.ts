import * as z from "zod/mini";

export const ChannelStatus = z.enum(["ready", "error", "paused"]);
export type ChannelStatus = z.infer<typeof ChannelStatus>;

/** Encrypted text, opened only by the store's vault. */
export const Sealed = z.readonly(z.object({
  /** Number of the key that sealed it. */
  k: z.int(),
  iv: z.string(),
  data: z.string(),
}));
export type Sealed = z.infer<typeof Sealed>;

/** One configured connection of an adapter. Secrets are apart from the rest of the config, sealed. */
export const Channel = z.readonly(z.object({
  id: z.string(),
  /** The adapter's id. */
  type: z.string(),
  inboxId: z.string(),
  name: z.string(),
  /** As the adapter's schema says, without its secret fields. */
  config: z.record(z.string(), z.unknown()),
  /** By dotted path in the config, such as "inbound.secret". */
  secrets: z.record(z.string(), Sealed),
  /** The app whose credentials it uses. */
  appId: z.optional(z.string()),
  /** When it was last signed in at its provider, or its app was changed. */
  credentialsAt: z.optional(z.number()),
  autoTicket: z.boolean(),
  /** It came with its inbox, and goes with it. */
  isFallback: z.optional(z.literal(true)),
  status: ChannelStatus,
  error: z.nullable(z.string()),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type Channel = z.infer<typeof Channel>;
