import { previewOfMessage } from "../conversations/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";

/** The record after a reply or a comment. A scheduled reply answers nobody yet. */
export function afterPost(
  before: Conversation,
  message: Message,
  facts: { readonly isReply: boolean; readonly assigneeId: string | null },
  now: number,
): Conversation {
  const { lane, ...rest } = before;
  return {
    ...rest,
    // What somebody answers is no machine's business any more.
    ...facts.isReply || lane === undefined ? {} : { lane },
    version: before.version + 1,
    lastSeq: message.seq,
    lastUnreadSeq: message.kind === "comment" ? message.seq : before.lastUnreadSeq,
    preview: previewOfMessage(message),
    previewKind: message.kind === "comment" ? "comment" : "reply",
    lastMessageAt: now,
    updatedAt: now,
    waitingSince: facts.isReply ? null : before.waitingSince,
    // Whoever answers a conversation nobody has takes it.
    assigneeId: before.assigneeId ?? facts.assigneeId,
  };
}
