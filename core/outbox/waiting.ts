/** Who waits for whom: what a reply answers, and what is open again when it is taken back. */
import { previewOfMessage } from "../conversations/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";

/** How far back the latest message that still counts is looked for. */
const LOOK_BACK = 50;

/** Since when the customer waited before the replies that may still be taken back; null when none answers them. */
export async function waitingBehind(tx: Tx, conversationId: string): Promise<number | null> {
  for await (const { value } of tx.list(keys.outboxOf(conversationId))) {
    if (!value.answersWhenSent && value.waitingBefore !== null) return value.waitingBefore;
  }
  return null;
}

/** The row without a reply that is taken back: its first words, and since when the customer waits. */
export async function rowWithout(
  tx: Tx,
  conversation: Conversation,
  canceled: {
    readonly seq: number;
    readonly answersWhenSent: boolean;
    readonly waitingBefore: number | null;
  },
): Promise<Conversation> {
  const newestFirst: Message[] = [];
  for await (
    const { value } of tx.list(keys.messagesOf(conversation), { reverse: true, limit: LOOK_BACK })
  ) {
    // What a setting wrote answers nobody.
    if (value.kind === "event" || value.automatic === true) continue;
    if (value.status !== "canceled" && value.seq !== canceled.seq) newestFirst.push(value);
  }
  if (newestFirst.length === 0) {
    // It was the first, and nobody has written: there is no conversation.
    return { ...conversation, status: "trash", statusAt: tx.now, waitingSince: null };
  }
  const isAnswered = canceled.answersWhenSent || hasOtherAnswer(newestFirst, canceled.seq);
  return {
    ...conversation,
    ...firstWords(newestFirst[0]),
    waitingSince: isAnswered
      ? conversation.waitingSince
      : earlier(conversation.waitingSince, canceled.waitingBefore),
  };
}

/** Whether another reply stands that was written after the question this one answered. */
function hasOtherAnswer(newestFirst: readonly Message[], canceledSeq: number): boolean {
  for (const { kind, status, seq } of newestFirst) {
    if (kind === "inbound" && seq < canceledSeq) return false;
    if (kind === "reply" && status !== "scheduled" && status !== "failed") return true;
  }
  return false;
}

function firstWords(
  message: Message | undefined,
): Partial<Pick<Conversation, "preview" | "previewKind">> {
  if (message === undefined || message.kind === "event") return {};
  return { preview: previewOfMessage(message), previewKind: message.kind };
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
