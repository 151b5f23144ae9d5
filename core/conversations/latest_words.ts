import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";
import { previewOfMessage } from "./preview.ts";

/** How far back the latest message that a list shows is looked for. */
const LOOK_BACK = 50;

/**
 * The row with the first words of its latest message, one of which is about to be another: the same row when it is not
 * that one the list shows.
 */
export async function withLatestWords(
  tx: Pick<Tx, "list" | "now">,
  conversation: Conversation,
  changed: Message,
): Promise<Conversation> {
  const newestFirst = tx.list(keys.messagesOf(conversation), { reverse: true, limit: LOOK_BACK });
  for await (const { value } of newestFirst) {
    const { kind } = value;
    if (kind === "event" || value.automatic === true || value.status === "canceled") continue;
    if (value.id !== changed.id) return conversation;
    const preview = previewOfMessage(changed);
    return preview === conversation.preview
      ? conversation
      : { ...conversation, preview, previewKind: kind, updatedAt: tx.now };
  }
  return conversation;
}
