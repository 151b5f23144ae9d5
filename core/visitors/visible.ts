/** What of a conversation its visitor may see, and in which order. Pure. */
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";

/**
 * Inbound messages of people, and replies once they are out. Never comments, events, or what waits, failed or was
 * cancelled; nor what a mailbox answers by itself, or somebody took back.
 */
export function isVisible(message: Message): boolean {
  if (message.deletedAt !== undefined) return false;
  if (message.kind === "inbound") return !message.trace.some(({ step }) => step === "automatic");
  return message.kind === "reply" && ["sent", "delivered", "read"].includes(message.status);
}

/** When a message became visible. A reply may wait (undo, send later) while the visitor goes on writing. */
export function visibleAt(message: Pick<Message, "sentAt" | "createdAt">): number {
  return message.sentAt ?? message.createdAt;
}

/** Visitors' order: by the time it became visible, then by place in the conversation. */
export function compareVisible(a: Message, b: Message): number {
  return visibleAt(a) - visibleAt(b) || a.seq - b.seq;
}

/**
 * Up to which place the team has read: where somebody's mark stands, or where the last answer stands.
 * @param marks last read `seq` of each of the team.
 */
export function readUpTo(messages: readonly Message[], marks: readonly number[]): number {
  const answers = messages.filter((one) => one.kind === "reply" && isVisible(one));
  return Math.max(0, ...marks, ...answers.map((one) => one.seq));
}

/** Spam and trash are the team's own words: to its visitor such a conversation is open. */
export function visitorStatus(conversation: Pick<Conversation, "status">): "open" | "closed" {
  return conversation.status === "closed" ? "closed" : "open";
}

/** Replies the visitor has not read. */
export function countUnread(visible: readonly Message[]): number {
  return visible.filter((one) => one.kind === "reply" && one.status !== "read").length;
}
