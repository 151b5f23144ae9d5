import type { Conversation } from "../model/conversation.ts";
import { keys, type Tx } from "../store/mod.ts";

/** Seq of the last message that a version counts: newer messages have a higher one. */
export async function seqOfVersion(
  tx: Tx,
  conversation: Conversation,
  version: number,
): Promise<number> {
  let newer = conversation.version - version;
  for await (const { value } of tx.list(keys.messagesOf(conversation), { reverse: true })) {
    if (newer === 0) return value.seq;
    if (value.kind !== "event") newer--;
  }
  return 0;
}
