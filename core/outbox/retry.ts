import { actorOf, type Principal } from "../access/mod.ts";
import { putConversation } from "../conversations/mod.ts";
import type { CoreContext } from "../context.ts";
import type { CoreError } from "../errors.ts";
import type { Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import { changeMessage } from "./change_message.ts";
import { queueMessage } from "./queue_message.ts";

/** Sends a failed or ambiguous message again, at once. Errors: conflict for any other state. */
export function retryMessage(
  context: CoreContext,
  principal: Principal,
  id: string,
): Promise<Result<Message, CoreError>> {
  return changeMessage(context, principal, id, (tx, { message, conversation }) => {
    if (message.status !== "failed" && message.status !== "ambiguous") {
      const words = `Only failed messages can be sent again; this one is ${message.status}`;
      return Promise.resolve(err({ code: "conflict", message: words }));
    }
    const { conversationId, seq } = message;
    const { error: _, ...rest } = message;
    const queued: Message = { ...rest, status: "queued" };
    // A letter carries answers that were given before, and what goes to others answers no customer.
    const isAnswer = message.letter === undefined && message.aside === undefined;
    queueMessage(tx, queued, {
      channelId: isAnswer
        ? conversation.answerChannelId ?? conversation.channelId
        : message.channelId ?? conversation.channelId,
      dueAt: tx.now,
      isInsisted: true,
      waitingBefore: null,
      answersWhenSent: isAnswer,
    });
    tx.set(keys.message(conversationId, seq), queued);
    const where = { actor: actorOf(principal), conversationId, inboxId: conversation.inboxId };
    tx.emit({ type: "message.updated", ...where, messageId: id, seq, changed: ["status"] });
    if (conversation.failedMessageId === id) {
      const mended = { ...conversation, failedMessageId: null, updatedAt: tx.now };
      putConversation(tx, conversation, mended);
      tx.emit({ type: "conversation.updated", ...where, changed: ["failedMessageId"] });
    }
    return Promise.resolve(ok(queued));
  });
}
