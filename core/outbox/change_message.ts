import { can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, notFound } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { err, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";

/** A message and its conversation, read with checks in the commit that changes them. */
export interface ChangedMessage {
  readonly message: Message;
  readonly conversation: Conversation;
}

/**
 * Changes a message in a commit of its conversation's turn, for somebody who may. Errors: not_found, forbidden, and
 * those of the change.
 */
export async function changeMessage(
  { store }: CoreContext,
  principal: Principal,
  id: string,
  change: (tx: Tx, found: ChangedMessage) => Promise<Result<Message, CoreError>>,
): Promise<Result<Message, CoreError>> {
  const ref = await store.get(keys.messageRef(id));
  if (ref === null) return err(notFound("message"));
  const { conversationId, seq } = ref;
  return await transact<Result<Message, CoreError>>(store, async (tx) => {
    const conversation = await tx.get(keys.conversation(conversationId));
    const inboxId = conversation?.inboxId ?? "";
    if (conversation === null || !can(principal, "conversation.read", { inboxId })) {
      return err(notFound("message"));
    }
    if (!can(principal, "conversation.write", { inboxId })) return err({ code: "forbidden" });
    const place = await tx.read(keys.messageRef(id));
    if (place?.conversationId !== conversationId || place.seq !== seq) {
      return err({ code: "conflict", message: "It was just moved to another conversation" });
    }
    const message = await tx.get(keys.message(conversationId, seq));
    return message === null
      ? err(notFound("message"))
      : await change(tx, { message, conversation });
  }, { queue: conversationId });
}
