import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";
import { compareVisible, isVisible, visibleAt } from "../visitors/mod.ts";

/** How far back unread answers are looked for. The mails that carried them stand behind them. */
const LOOK_BACK = 200;

/**
 * Answers of people that the visitor can see, has not read, and got by no mail; in visitors' order. Who writes in the chat
 * has seen what stood there.
 */
export async function unreadAnswers(
  tx: Pick<Tx, "list">,
  conversation: Pick<Conversation, "id" | "lastSeq">,
): Promise<readonly Message[]> {
  const found: Message[] = [];
  const mailed = new Set<string>();
  let lastWrittenAt = -Infinity;
  const newestFirst = tx.list(keys.messagesOf(conversation), { reverse: true, limit: LOOK_BACK });
  for await (const { value } of newestFirst) {
    for (const id of value.letter?.answerIds ?? []) mailed.add(id);
    if (value.kind === "inbound" && value.email === undefined) {
      lastWrittenAt = Math.max(lastWrittenAt, visibleAt(value));
    }
    if (isUnreadAnswer(value)) found.push(value);
  }
  return found.filter((one) => !mailed.has(one.id) && visibleAt(one) >= lastWrittenAt)
    .sort(compareVisible);
}

/** A reply the visitor could see and did not. What a setting wrote is no answer. */
export function isUnreadAnswer(message: Message): boolean {
  return message.kind === "reply" && message.automatic !== true && isVisible(message) &&
    message.status !== "read";
}
