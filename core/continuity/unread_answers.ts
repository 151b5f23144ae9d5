import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { type ContinuityRecord, keys, type Tx } from "../store/mod.ts";
import { compareVisible, isVisible, visibleAt } from "../visitors/mod.ts";

/** How far back unread answers are looked for. */
const LOOK_BACK = 200;

/**
 * Answers of people that the visitor can see, has not read, and got by no mail; in visitors' order. Who writes in the chat
 * has seen what stood there.
 */
export async function unreadAnswers(
  tx: Pick<Tx, "list">,
  conversation: Pick<Conversation, "id" | "lastSeq">,
  mailedUpTo: ContinuityRecord["mailedUpTo"],
): Promise<readonly Message[]> {
  const found: Message[] = [];
  const newestFirst = tx.list(keys.messagesOf(conversation), { reverse: true, limit: LOOK_BACK });
  let lastWrittenAt = -Infinity;
  for await (const { value } of newestFirst) {
    if (value.kind === "inbound" && value.email === undefined) {
      lastWrittenAt = Math.max(lastWrittenAt, visibleAt(value));
    }
    if (isUnreadAnswer(value) && isAfter(value, mailedUpTo)) found.push(value);
  }
  return found.filter((one) => visibleAt(one) >= lastWrittenAt).sort(compareVisible);
}

/** A reply the visitor could see and did not. What a setting wrote is no answer. */
export function isUnreadAnswer(message: Message): boolean {
  return message.kind === "reply" && message.automatic !== true && isVisible(message) &&
    message.status !== "read";
}

function isAfter(message: Message, place: ContinuityRecord["mailedUpTo"]): boolean {
  if (place === null) return true;
  const at = visibleAt(message);
  return at > place.at || (at === place.at && message.seq > place.seq);
}
