import { actorOf, can, type Principal } from "../access/mod.ts";
import { putConversation } from "../conversations/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, notFound } from "../errors.ts";
import type { Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import { SEND_JOB } from "./send_job.ts";

/** Sends a failed or ambiguous message again, at once. Errors: conflict for any other state. */
export async function retryMessage(
  { store }: CoreContext,
  principal: Principal,
  id: string,
): Promise<Result<Message, CoreError>> {
  const ref = await store.get(keys.messageRef(id));
  if (ref === null) return err(notFound("message"));
  const { conversationId, seq } = ref;
  return await transact<Result<Message, CoreError>>(store, async (tx) => {
    const conversation = await tx.get(keys.conversation(conversationId));
    if (
      conversation === null ||
      !can(principal, "conversation.read", { inboxId: conversation.inboxId })
    ) {
      return err(notFound("message"));
    }
    if (!can(principal, "conversation.write", { inboxId: conversation.inboxId })) {
      return err({ code: "forbidden" });
    }
    const message = await tx.get(keys.message(conversationId, seq));
    if (message === null) return err(notFound("message"));
    if (message.status !== "failed" && message.status !== "ambiguous") {
      return err({
        code: "conflict",
        message: `Only failed messages can be sent again; this one is ${message.status}`,
      });
    }
    const { error: _, ...rest } = message;
    const queued: Message = { ...rest, status: "queued" };
    const job = tx.job({ kind: SEND_JOB, payload: { conversationId, seq }, dueAt: tx.now });
    tx.insert(keys.outbox(conversationId, seq), {
      messageId: id,
      conversationId,
      seq,
      channelId: conversation.channelId,
      state: "queued",
      job,
      attempts: 0,
      isInsisted: true,
      waitingBefore: null,
      answersWhenSent: true,
    });
    tx.set(keys.message(conversationId, seq), queued);
    const actor = actorOf(principal);
    const where = { actor, conversationId, inboxId: conversation.inboxId };
    tx.emit({ type: "message.updated", ...where, messageId: id, seq, changed: ["status"] });
    if (conversation.failedMessageId === id) {
      putConversation(tx, conversation, {
        ...conversation,
        failedMessageId: null,
        updatedAt: tx.now,
      });
      tx.emit({ type: "conversation.updated", ...where, changed: ["failedMessageId"] });
    }
    return ok(queued);
  }, { queue: conversationId });
}
