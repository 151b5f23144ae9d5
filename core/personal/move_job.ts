import type { JobHandler } from "../jobs/mod.ts";
import { type Store, transact, type Tx } from "../store/mod.ts";
import { movePersonal } from "./put_personal.ts";

/** Kind of the job that takes people's lists along when a conversation was merged: payload `{fromId, intoId}`. */
export const MOVE_PERSONAL_JOB = "personal.move";

/** People whose lists change in one commit. */
const BATCH = 100;

/** Plans it, in the commit that merges. */
export function planPersonalMove(tx: Pick<Tx, "job" | "now">, fromId: string, intoId: string) {
  tx.job({ kind: MOVE_PERSONAL_JOB, payload: { fromId, intoId }, dueAt: tx.now });
}

/** The handler of the job. It may run again: it goes on where it ended. */
export function createPersonalMover(store: Store): JobHandler {
  return async function move(job, run) {
    const fromId = String(job.payload.fromId);
    const intoId = String(job.payload.intoId);
    await emptyPersonal(store, fromId, { intoId, signal: run.signal });
  };
}

/** Moves all entries of a conversation to another one, or drops them where that is null. @throws when aborted */
export async function emptyPersonal(
  store: Store,
  conversationId: string,
  { intoId, signal }: { readonly intoId: string | null; readonly signal: AbortSignal },
): Promise<void> {
  for (let isDone = false; !isDone;) {
    signal.throwIfAborted();
    isDone = await transact(
      store,
      async (tx) => await movePersonal(tx, conversationId, { intoId, limit: BATCH }) < BATCH,
      { queue: intoId ?? conversationId },
    );
  }
}
