import type { AnyAdapter } from "../channel/mod.ts";
import { type ConnectionRecord, keys, type Tx } from "../store/mod.ts";

/** Kind of the job that connects one channel at its provider and looks after it from then on: payload `{channelId}`. */
export const CONNECTION_JOB = "connections.check";

/** Has a channel that is new or was changed connected at its provider, as part of the commit that stores it. */
export async function planConnection(
  tx: Tx,
  adapter: AnyAdapter | undefined,
  channelId: string,
): Promise<void> {
  if (adapter?.connection === undefined) return;
  const key = keys.connection(channelId);
  const before = await tx.get(key);
  const changed: ConnectionRecord = {
    failures: 0,
    error: before?.error ?? null,
    checkedAt: before?.checkedAt ?? null,
    job: before?.job ?? null,
    isConnected: false,
    changedAt: tx.now,
  };
  if (before !== null && before.job !== null) {
    // It runs: once it has ended, it looks whether anything changed meanwhile.
    if (await tx.get(keys.job(before.job.dueAt, before.job.id)) === null) {
      return tx.set(key, changed);
    }
    tx.cancelJob(before.job);
  }
  const job = tx.job({
    kind: CONNECTION_JOB,
    id: `connection_${channelId}`,
    payload: { channelId },
    dueAt: tx.now,
  });
  tx.set(key, { ...changed, job });
}
