import type { Principal } from "../access/mod.ts";
import type { Actor } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";

/** Nobody has to read what they wrote themselves; what they had not read before stays unread. */
export async function markOwnRead(
  tx: Tx,
  principal: Principal,
  before: Conversation,
  message: Message,
  where: { readonly actor: Actor; readonly conversationId: string; readonly inboxId: string },
): Promise<void> {
  if (message.kind !== "comment" || principal.type !== "user") return;
  const userId = principal.user.id;
  const key = keys.readMark(userId, before.id);
  if ((await tx.read(key) ?? 0) < before.lastUnreadSeq) return;
  tx.set(key, message.seq);
  tx.emit({ type: "conversation.read", ...where, userId, seq: message.seq });
}
