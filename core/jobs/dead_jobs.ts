/** Jobs that used up their runs: kept until an admin has looked at them. */
import { type Job, keys, type Store, transact } from "../store/mod.ts";

/** All dead jobs, by id. */
export async function listDeadJobs(store: Store): Promise<readonly Job[]> {
  const entries = await Array.fromAsync(store.list(keys.deadJobs()));
  return entries.map(({ value }) => value);
}

/** Makes a dead job due now, with all its runs before it. False when there is none of this id. */
export function retryDeadJob(store: Store, id: string): Promise<boolean> {
  return transact(store, async (tx) => {
    const job = await tx.get(keys.deadJob(id));
    if (job === null) return false;
    tx.delete(keys.deadJob(id));
    const { kind, payload, firstDueAt, lastError } = job;
    tx.job({ id, kind, payload, dueAt: tx.now, past: { attempts: 0, firstDueAt, lastError } });
    return true;
  });
}

/** Deletes a dead job. False when there is none of this id. */
export function dropDeadJob(store: Store, id: string): Promise<boolean> {
  return transact(store, async (tx) => {
    if (await tx.get(keys.deadJob(id)) === null) return false;
    tx.delete(keys.deadJob(id));
    return true;
  });
}
