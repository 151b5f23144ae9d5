import * as z from "zod/mini";

export const ConversationStatus = z.enum(["open", "snoozed", "closed", "spam", "trash"]);
export type ConversationStatus = z.infer<typeof ConversationStatus>;

export const Priority = z.enum(["low", "medium", "high", "urgent"]);
export type Priority = z.infer<typeof Priority>;

/**
 * What sort of mail began a conversation, where it was not plainly a person: a machine, a newsletter or list, a campaign, or
 * a role address ("info@"), behind which people sit.
 */
export const Lane = z.enum(["automatic", "newsletter", "marketing", "role"]);
export type Lane = z.infer<typeof Lane>;

/** A thread with one contact over one channel. It is also its own list row: at most 1 KiB stored. */
export const Conversation = z.readonly(z.object({
  id: z.string(),
  /** Counts up over the workspace, with gaps. */
  number: z.int(),
  inboxId: z.string(),
  channelId: z.string(),
  channelType: z.string(),
  contactId: z.string(),
  /** The contact's name when the row last changed, so that a list needs no second read. */
  contactName: z.string(),
  /** At most 200 characters; empty for chat. */
  subject: z.string(),
  /** First words of the latest message, at most 140 characters. */
  preview: z.string(),
  /** What the preview shows, and whether the customer is the one waiting. */
  previewKind: z.enum(["inbound", "reply", "comment"]),
  status: ConversationStatus,
  statusAt: z.number(),
  assigneeId: z.nullable(z.string()),
  teamId: z.nullable(z.string()),
  tags: z.readonly(z.array(z.string())),
  priority: z.nullable(Priority),
  snoozedUntil: z.nullable(z.number()),
  /** When the oldest unanswered inbound message came; null when we answered last. */
  waitingSince: z.nullable(z.number()),
  createdAt: z.number(),
  updatedAt: z.number(),
  lastMessageAt: z.number(),
  /** +1 for each inbound message, reply or comment. */
  version: z.int(),
  /** `seq` of the latest message of any kind, events included. */
  lastSeq: z.int(),
  /** `seq` of the latest message an agent should read: inbound, or a comment. */
  lastUnreadSeq: z.int(),
  /** A reply that failed and waits for somebody, or null. */
  failedMessageId: z.nullable(z.string()),
  /** Until a person writes, or somebody answers. */
  lane: z.optional(Lane),
  /** Its messages are part of another one: in no list any more, and whatever is meant for it goes there. */
  mergedIntoId: z.optional(z.string()),
  /** The mailbox by which it is answered, where that is not its own channel: a form's. Mail to it belongs here. */
  answerChannelId: z.optional(z.string()),
  /** The one it came out of: it was split off, or begun anew because that one was closed long ago. */
  originId: z.optional(z.string()),
}));
export type Conversation = z.infer<typeof Conversation>;

/** Statuses kept in the live table. */
export function isLive(status: ConversationStatus): boolean {
  return status === "open" || status === "snoozed";
}
