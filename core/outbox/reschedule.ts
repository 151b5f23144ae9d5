import { actorOf, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid } from "../errors.ts";
import type { Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import { changeMessage } from "./change_message.ts";
import { noteScheduled } from "./note_personal.ts";
import { SEND_JOB } from "./send_job.ts";

/**
 * Lets a scheduled reply leave at another time.
 * @param sendAt epoch ms in the future; undefined: now
 * Errors: invalid for a time that has passed; conflict once it waits for nothing but its turn
 */
export function rescheduleMessage(
  context: CoreContext,
  principal: Principal,
  id: string,
  sendAt: number | undefined,
): Promise<Result<Message, CoreError>> {
  return changeMessage(context, principal, id, async (tx, { message, conversation }) => {
    if (sendAt !== undefined && sendAt <= tx.now) {
      return err(invalid("sendAt", "must lie in the future"));
    }
    const { conversationId, seq } = message;
    const outbox = await tx.get(keys.outbox(conversationId, seq));
    if (outbox?.state !== "scheduled" || message.status !== "scheduled") {
      const words = `Only scheduled messages have another time; this one is ${message.status}`;
      return err({ code: "conflict", message: words });
    }
    const dueAt = sendAt ?? tx.now;
    tx.cancelJob(outbox.job);
    const job = tx.job({
      kind: SEND_JOB,
      payload: { conversationId, seq, messageId: id },
      dueAt,
    });
    const moved: Message = { ...message, sendAt: dueAt };
    tx.set(keys.outbox(conversationId, seq), { ...outbox, job });
    tx.set(keys.message(conversationId, seq), moved);
    await noteScheduled(tx, moved, { dueAts: [dueAt], leaving: [seq] });
    tx.emit({
      type: "message.updated",
      actor: actorOf(principal),
      conversationId,
      inboxId: conversation.inboxId,
      messageId: id,
      seq,
      changed: ["sendAt"],
    });
    return ok(moved);
  });
}
