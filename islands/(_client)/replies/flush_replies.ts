import type { ApiMessage } from "@/core/model/api.ts";
import type { Result } from "@/core/result.ts";
import type { ReplyBox, WaitingReply } from "./waiting_reply.ts";

/** Why a reply was not taken. */
export type FlushFailure = { readonly code: string };

export interface FlushOptions<E extends FlushFailure> {
  readonly box: ReplyBox;
  /** Whose replies may leave here. */
  readonly userId: string;
  send(reply: WaitingReply): Promise<Result<ApiMessage, E>>;
  onSent(message: ApiMessage, reply: WaitingReply): void;
  /** It will not be taken as it is, and leaves the box; null where nobody could have it: then it stays. */
  readonly onReturned: ((reply: WaitingReply, failure: E) => void) | null;
}

/**
 * Sends what waits, in the order in which it was written, until nobody answers. Callers hold a lock over all pages and the
 * service worker, so that each is sent by one of them; what was taken although its answer got lost is taken once all the
 * same, by its id.
 */
export async function flushReplies<E extends FlushFailure>(
  { box, userId, send, onSent, onReturned }: FlushOptions<E>,
): Promise<void> {
  for (const reply of await box.all()) {
    if (reply.userId !== userId) continue;
    const answer = await send(reply);
    if (answer.ok) {
      await box.remove(reply.id);
      onSent(answer.value, reply);
      continue;
    }
    // Nobody answered, or nobody is signed in: it waits on.
    if (answer.error.code === "offline" || answer.error.code === "signed_out") return;
    if (onReturned === null) continue;
    // First where it goes, then out of where it was.
    onReturned(reply, answer.error);
    await box.remove(reply.id);
  }
}
