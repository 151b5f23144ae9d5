import type { JobHandler } from "../jobs/mod.ts";
import { type Store, transact, type Tx } from "../store/mod.ts";
import { dropPersonal, movePersonal } from "./put_personal.ts";

/** Kind of the job that takes people's lists along when a conversation was merged: payload `{fromId, intoId}`. */
export const MOVE_PERSONAL_JOB = "personal.move";

/** People whose lists change in one commit. */
const BATCH = 100;

/** Plans it, in the commit that merges. */
export function planPersonalMove(tx: Pick<Tx, "job" | "now">, fromId: string, intoId: string) {
  tx.job({ kind: MOVE_PERSONAL_JOB, payload: { fromId, intoId }, dueAt: tx.now });
}

/**
 * The handler of the job. It may run again: it goes on where it ended.
 * @param andThen takes along whatever else is somebody's own in the conversation
 */
export function createPersonalMover(
  store: Store,
  andThen: (
    fromId: string,
    into: { readonly intoId: string; readonly signal: AbortSignal },
  ) => Promise<void>,
): JobHandler {
  return async function move(job, run) {
    const fromId = String(job.payload.fromId);
    const intoId = String(job.payload.intoId);
    await untilDone(
      run.signal,
      () =>
        transact(store, (tx) => movePersonal(tx, fromId, { intoId, limit: BATCH }), {
          queue: intoId,
        }),
    );
    await andThen(fromId, { intoId, signal: run.signal });
  };
}

/** Takes a conversation that is gone out of everybody's lists. @throws when aborted */
export async function emptyPersonal(
  store: Store,
  conversationId: string,
  signal: AbortSignal,
): Promise<void> {
  await untilDone(signal, () => transact(store, (tx) => dropPersonal(tx, conversationId, BATCH)));
}

/** @param next handles a batch and says how many there were */
async function untilDone(signal: AbortSignal, next: () => Promise<number>): Promise<void> {
  do signal.throwIfAborted(); while (await next() === BATCH);
}
