/** What a conversation's record says of its messages, read from them. Pure. */
import { previewOfMessage } from "../conversations/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";

/** The part of a record that follows from the thread. */
export type ThreadRow = Pick<
  Conversation,
  | "preview"
  | "previewKind"
  | "waitingSince"
  | "lastMessageAt"
  | "lastUnreadSeq"
  | "failedMessageId"
>;

/**
 * @param messages of one thread, in order; one at least is no event
 * @param before the record: what the messages do not say stays
 */
export function rowOf(messages: readonly Message[], before: ThreadRow): ThreadRow {
  let row: ThreadRow = { ...before, waitingSince: null, lastUnreadSeq: 0, failedMessageId: null };
  for (const message of messages) row = withMessage(row, message);
  return row;
}

function withMessage(row: ThreadRow, message: Message): ThreadRow {
  const { kind, status, seq, createdAt } = message;
  if (kind === "event" || status === "canceled") return row;
  // What a setting wrote answers nobody, and a machine's mail wakes nobody.
  if (message.automatic === true) return row;
  const shown: ThreadRow = {
    ...row,
    preview: previewOfMessage(message),
    previewKind: kind,
    lastMessageAt: createdAt,
  };
  switch (kind) {
    case "inbound":
      if (message.trace.some(({ step }) => step === "automatic" || step === "imported")) {
        return shown;
      }
      return { ...shown, lastUnreadSeq: seq, waitingSince: shown.waitingSince ?? createdAt };
    case "comment":
      if (message.trace.some(({ step }) => step === "automatic")) return row;
      // One that was to leave may have failed.
      return status === "failed" || status === "ambiguous"
        ? { ...shown, lastUnreadSeq: seq, failedMessageId: message.id }
        : { ...shown, lastUnreadSeq: seq };
    case "reply": {
      if (status === "scheduled") return shown;
      const isFailed = status === "failed" || status === "ambiguous";
      return isFailed
        ? { ...shown, failedMessageId: message.id }
        : { ...shown, waitingSince: null };
    }
  }
}

/** Messages that count in a conversation's version. */
export function countVersions(messages: readonly Message[]): number {
  return messages.filter(({ kind }) => kind !== "event").length;
}
