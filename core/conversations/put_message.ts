import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";

/**
 * Writes a new message under its place in the conversation, findable by its id.
 * The conversation written in the same commit must already count it (`lastSeq`).
 * @param bodyHash of what a client sent under an id of its own choice.
 */
export function putMessage(
  tx: Pick<Tx, "insert" | "set">,
  conversation: Conversation,
  message: Message,
  bodyHash?: string,
): void {
  if (message.seq > conversation.lastSeq) {
    throw new RangeError(
      `Cannot store message "${message.id}": seq ${message.seq} is beyond ${conversation.lastSeq}`,
    );
  }
  // Not checked: the conversation is, and only whoever counts its `lastSeq` on writes there.
  tx.set(keys.message(conversation.id, message.seq), message);
  tx.insert(keys.messageRef(message.id), {
    conversationId: conversation.id,
    seq: message.seq,
    ...bodyHash === undefined ? {} : { bodyHash },
  });
}
