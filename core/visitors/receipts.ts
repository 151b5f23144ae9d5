/** What a visitor has received and read, told to the team as the replies' status. */
import type { Actor } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, transact } from "../store/mod.ts";
import { readVisible } from "./history.ts";
import type { VisitorsContext } from "./types.ts";

/** Each message written is one version check; a commit has ten. */
const PER_COMMIT = 8;
/** Replies further back than this stay as they are. */
const LOOK_BACK = 200;

export type Receipt = "delivered" | "read";

/** Whether a receipt moves this reply on; a status never moves back. Pure. */
export function isMovedBy(receipt: Receipt, message: Message): boolean {
  if (message.kind !== "reply") return false;
  return message.status === "sent" || (receipt === "read" && message.status === "delivered");
}

/**
 * Marks a conversation's visible replies as delivered or read, all of them up to now.
 * @returns how many moved.
 */
export async function markReplies(
  { store }: Pick<VisitorsContext, "store">,
  conversation: Pick<Conversation, "id" | "inboxId" | "lastSeq">,
  receipt: Receipt,
  actor: Actor,
): Promise<number> {
  const visible = await readVisible(store, conversation, LOOK_BACK);
  const seqs = visible.filter((one) => isMovedBy(receipt, one)).map((one) => one.seq);
  for (let i = 0; i < seqs.length; i += PER_COMMIT) {
    const batch = seqs.slice(i, i + PER_COMMIT);
    await transact(store, async (tx) => {
      const now = await tx.get(keys.conversation(conversation.id));
      for (const seq of batch) {
        // Moved away meanwhile.
        if (now === null || seq > now.lastSeq) continue;
        const key = keys.message(conversation.id, seq);
        const message = await tx.get(key);
        // Another tab of the visitor's may have been first.
        if (message === null || !isMovedBy(receipt, message)) continue;
        tx.set(key, { ...message, status: receipt });
        tx.emit({
          type: "message.updated",
          actor,
          conversationId: conversation.id,
          inboxId: conversation.inboxId,
          messageId: message.id,
          seq,
          changed: ["status"],
        });
      }
    }, { queue: conversation.id });
  }
  return seqs.length;
}
