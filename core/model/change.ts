import * as z from "zod/mini";

/** Who did something. */
export const Actor = z.readonly(z.object({
  type: z.enum(["user", "token", "contact", "bot", "system"]),
  id: z.nullable(z.string()),
  name: z.string(),
}));
export type Actor = z.infer<typeof Actor>;

/** What no person did: set-up, an expired link, what a provider tells, the command line. */
export const SYSTEM = { type: "system", id: null, name: "Parley" } as const satisfies Actor;

/** How far long work in the background has come. */
export const JobProgress = z.readonly(z.object({
  id: z.string(),
  kind: z.enum(["import"]),
  channelId: z.string(),
  /** Of what is worked on: a folder, a file. */
  name: z.string(),
  state: z.enum(["waiting", "running", "done", "failed", "canceled"]),
  /** Of `total`, in its unit; null while nobody knows. */
  done: z.nullable(z.number()),
  total: z.nullable(z.number()),
  /** Messages that were brought in. */
  taken: z.number(),
  /** Of those, the ones nobody could read. */
  failed: z.number(),
  error: z.nullable(z.string()),
}));
export type JobProgress = z.infer<typeof JobProgress>;

/** One change in the ordered log: ids only, filled in when sent to somebody who may read it. */
export const Change = z.readonly(z.object({
  type: z.enum([
    "conversation.created",
    "conversation.updated",
    "conversation.deleted",
    "message.created",
    "message.updated",
    "message.deleted",
    "contact.created",
    "contact.updated",
    "contact.deleted",
    /** A saved view came, changed or went: everybody asks for those they see again. */
    "view.changed",
    /** `job` says how far it is; told to whoever may manage the channel. */
    "job.progress",
    /** Internal: memberships, roles, sessions or settings changed; never sent to clients as it is. */
    "access.changed",
    "settings.changed",
    /** Internal: a user read a conversation up to `seq`; or, with "unread" in `changed`, only so far again. */
    "conversation.read",
  ]),
  actor: Actor,
  conversationId: z.optional(z.string()),
  messageId: z.optional(z.string()),
  seq: z.optional(z.int()),
  contactId: z.optional(z.string()),
  inboxId: z.optional(z.string()),
  /** Set when a conversation left this inbox. */
  previousInboxId: z.optional(z.string()),
  userId: z.optional(z.string()),
  /** Names of the changed fields, for *.updated. */
  changed: z.optional(z.readonly(z.array(z.string()))),
  /** Of a message from before its channel was connected: shown, but nobody is told. */
  isHistory: z.optional(z.boolean()),
  job: z.optional(JobProgress),
}));
export type Change = z.infer<typeof Change>;

/** What one commit did: the value of one log entry. */
export const LogEntry = z.readonly(
  z.object({ at: z.number(), changes: z.readonly(z.array(Change)) }),
);
export type LogEntry = z.infer<typeof LogEntry>;
