import { actorOf, can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, notFound } from "../errors.ts";
import type { Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import { settle } from "./settle.ts";

/** Takes back a message that has not left: undo, or a scheduled one. Errors: conflict once it is being sent. */
export async function cancelMessage(
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
    const [message, outbox] = await Promise.all([
      tx.get(keys.message(conversationId, seq)),
      tx.get(keys.outbox(conversationId, seq)),
    ]);
    if (message === null) return err(notFound("message"));
    if (message.status === "canceled") return ok(message);
    if (outbox === null || outbox.state === "sending") {
      return err({
        code: "conflict",
        message: `It can no longer be taken back: it is ${message.status}`,
      });
    }
    tx.cancelJob(outbox.job);
    return ok(
      await settle(tx, outbox, message, conversation, { status: "canceled" }, actorOf(principal)),
    );
  }, { queue: conversationId });
}
