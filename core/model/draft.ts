import * as z from "zod/mini";

/** What is being written: an answer to the customer, or a comment for the team. */
export const DraftKind = z.enum(["reply", "comment"]);
export type DraftKind = z.infer<typeof DraftKind>;

const Person = z.readonly(z.object({ name: z.string(), address: z.string() }));
const People = z.readonly(z.array(Person));

/** What was written in a tab and lost its place to what the same person wrote in another one. */
export const OtherDraft = z.readonly(z.object({
  tab: z.string(),
  /** The draft's version that took its place. */
  at: z.int(),
  text: z.string(),
  html: z.optional(z.string()),
}));
export type OtherDraft = z.infer<typeof OtherDraft>;

/** Everything an unsent message holds. */
export const DraftContent = z.readonly(z.object({
  text: z.string(),
  html: z.optional(z.string()),
  /** Uploads; they are kept for a day only. */
  files: z.readonly(z.array(z.readonly(z.object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    size: z.int(),
  })))),
  /** Whom a comment calls. */
  mentions: z.optional(z.readonly(z.array(z.readonly(z.object({
    type: z.enum(["user", "team"]),
    id: z.string(),
    name: z.string(),
  }))))),
  /** Null: everybody on the thread. */
  recipients: z.nullable(z.readonly(z.object({ to: People, cc: People, bcc: People }))),
  /** Whether a letter quotes the earlier mails; null: as its channel does. */
  history: z.nullable(z.boolean()),
  quickReplies: z.readonly(z.array(z.string())),
  /** Of the conversation, as the author saw it when they began. */
  baseVersion: z.nullable(z.int()),
  /** One for each tab, the latest first. */
  others: z.readonly(z.array(OtherDraft)),
}));
export type DraftContent = z.infer<typeof DraftContent>;

const Common = {
  /** Chosen by the client: a message that is sent names it. */
  id: z.string(),
  /** Rises with each save, also over what was sent in between. */
  version: z.int(),
  /** Values beside the record that hold its content; 0: it is in the record. */
  parts: z.int(),
  updatedAt: z.number(),
  expiresAt: z.number(),
};

/** Somebody's unsent reply or comment in a conversation. */
export const Draft = z.discriminatedUnion("state", [
  z.readonly(z.object({
    state: z.literal("kept"),
    ...Common,
    /** The tab that saved it last, and which of its saves that was. */
    from: z.readonly(z.object({ tab: z.string(), n: z.int() })),
    content: z.nullable(DraftContent),
  })),
  /** Sent or thrown away: a save that comes late does not bring it back. */
  z.readonly(z.object({ state: z.literal("ended"), ...Common })),
]);
export type Draft = z.infer<typeof Draft>;
export type KeptDraft = Extract<Draft, { state: "kept" }>;

/** The first words of somebody's draft, for lists of theirs. */
export const DraftLine = z.readonly(z.object({
  text: z.string(),
  updatedAt: z.number(),
  expiresAt: z.number(),
}));
export type DraftLine = z.infer<typeof DraftLine>;
