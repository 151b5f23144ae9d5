import type { JobHandler } from "../jobs/mod.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";

/** Kind of the job that counts one use: payload `{id}` of a snippet or a macro. */
export const COUNT_USE_JOB = "sharing.count";

/**
 * Has a use counted, in the commit of the use: whoever uses the same at the same moment does not wait for the other.
 * Each is counted once, soon.
 */
export function countUse(tx: Pick<Tx, "now" | "job">, id: string): void {
  tx.job({ kind: COUNT_USE_JOB, payload: { id }, dueAt: tx.now });
}

/** Counts uses, each in the commit that ends its job. */
export function createUseCounter(store: Store): JobHandler {
  return async (job, context) => {
    const id = String(job.payload.id);
    await transact(store, async (tx) => {
      context.complete(tx);
      const before = await tx.get(keys.usage(id));
      const isThere = await tx.read(keys.snippet(id)) ?? await tx.read(keys.macro(id));
      // Removed meanwhile: nobody asks any more.
      if (isThere === null) return;
      tx.set(keys.usage(id), {
        count: (before?.count ?? 0) + 1,
        at: Math.max(before?.at ?? 0, job.firstDueAt),
      });
    }, { queue: `usage_${id}` });
  };
}
