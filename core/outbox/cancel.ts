import { actorOf, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import type { CoreError } from "../errors.ts";
import type { Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import { hasLeft } from "./advance_status.ts";
import { changeMessage } from "./change_message.ts";
import { settle } from "./settle.ts";

/** Takes back a message that has not left: undo, or a scheduled one. Errors: conflict once it is being sent. */
export function cancelMessage(
  context: CoreContext,
  principal: Principal,
  id: string,
): Promise<Result<Message, CoreError>> {
  return changeMessage(context, principal, id, async (tx, { message, conversation }) => {
    const outbox = await tx.get(keys.outbox(conversation.id, message.seq));
    if (message.status === "canceled") return ok(message);
    const hasBegun = message.pieces?.some(({ state }) => state === "sent") ?? false;
    if (hasBegun) {
      return err({
        code: "conflict",
        message: "A part of it has left: it can no longer be taken back",
      });
    }
    if (outbox === null || outbox.state === "sending" || hasLeft(message.status)) {
      return err({
        code: "conflict",
        message: `It can no longer be taken back: it is ${message.status}`,
      });
    }
    tx.cancelJob(outbox.job);
    const settled = { status: "canceled" } as const;
    return ok(await settle(tx, outbox, message, conversation, settled, actorOf(principal)));
  });
}
