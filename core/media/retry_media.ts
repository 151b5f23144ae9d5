import { actorOf, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, notFound } from "../errors.ts";
import type { AttachmentRef, Message } from "../model/message.ts";
import { changeMessage } from "../outbox/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import { MEDIA_JOB } from "./plan_fetch.ts";

/**
 * Fetches a missing file again, at once; nothing happens to one that is on its way.
 * @returns its message. Errors: not_found (also for a file that is here), forbidden, conflict
 */
export async function retryMedia(
  context: CoreContext,
  principal: Principal,
  attachmentId: string,
): Promise<Result<Message, CoreError>> {
  const found = await context.store.get(keys.media(attachmentId));
  if (found === null) return err(notFound("attachment"));
  return await changeMessage(
    context,
    principal,
    found.messageId,
    async (tx, { message, conversation }) => {
      const record = await tx.get(keys.media(attachmentId));
      const file = message.attachments.find(({ id }) => id === attachmentId);
      if (record === null || file?.state === undefined) return err(notFound("attachment"));
      if (record.job !== null) return ok(message);
      const job = tx.job({
        kind: MEDIA_JOB,
        payload: { attachmentId, channelId: record.channelId },
        dueAt: tx.now,
      });
      tx.set(keys.media(attachmentId), { ...record, job, tries: 0 });
      const after: Message = {
        ...message,
        attachments: message.attachments.map((one) => one === file ? loading(one) : one),
      };
      const { conversationId, seq, id: messageId } = message;
      tx.set(keys.message(conversationId, seq), after);
      tx.emit({
        type: "message.updated",
        actor: actorOf(principal),
        conversationId,
        inboxId: conversation.inboxId,
        messageId,
        seq,
        changed: ["attachments"],
      });
      return ok(after);
    },
  );
}

function loading({ problem: _, ...file }: AttachmentRef): AttachmentRef {
  return { ...file, state: "loading" };
}
