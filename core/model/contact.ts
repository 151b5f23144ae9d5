import * as z from "zod/mini";

/** An address a person is known by. Matching uses kind and value; `verified` says it was proven. */
export const Identity = z.readonly(z.object({
  /** email, phone, visitor, external, psid, igsid, wa_bsuid, telegram_user, … */
  kind: z.string(),
  value: z.string(),
  verified: z.boolean(),
}));
export type Identity = z.infer<typeof Identity>;

/** An address that mail came back from. What is written to it is held until it writes, or somebody lifts the mark. */
export const BadEmail = z.readonly(z.object({
  address: z.string(),
  /** A sentence: what its mail server said. */
  reason: z.string(),
  at: z.number(),
}));
export type BadEmail = z.infer<typeof BadEmail>;

/** What a contact last said about messages over a channel: since when they want none, and since when they do. */
export const Consent = z.readonly(z.object({
  channelId: z.string(),
  /** Epoch ms by the provider's clock. */
  outAt: z.nullable(z.number()),
  inAt: z.nullable(z.number()),
}));
export type Consent = z.infer<typeof Consent>;

export const Contact = z.readonly(z.object({
  id: z.string(),
  name: z.string(),
  /** When the provider whose name it is told it, by that one's clock; absent where it came with a message. */
  nameAt: z.optional(z.number()),
  /** Somebody of the team gave the name: no provider's replaces it. */
  isNamedByTeam: z.optional(z.literal(true)),
  emails: z.readonly(z.array(z.string())),
  phones: z.readonly(z.array(z.string())),
  identities: z.readonly(z.array(Identity)),
  blocked: z.boolean(),
  badEmails: z.optional(z.readonly(z.array(BadEmail))),
  /** One for each channel they said anything about. */
  consents: z.optional(z.readonly(z.array(Consent))),
  /** Addresses, in lower case, whose mails show their remote images when the sender is vouched for. */
  imagesFrom: z.optional(z.readonly(z.array(z.string()))),
  /** When a message of ours first left for them: whom we know is not taken for a spammer. */
  firstAnsweredAt: z.optional(z.number()),
  /** Whom they work for, in plain words. */
  company: z.optional(z.string()),
  /** The user who looks after them. */
  ownerId: z.optional(z.string()),
  /** BCP 47 tag of the language they like. */
  locale: z.optional(z.string()),
  /** IANA name of where they are. */
  timeZone: z.optional(z.string()),
  /** How many notes there are about them; absent: none. */
  noteCount: z.optional(z.number()),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type Contact = z.infer<typeof Contact>;
