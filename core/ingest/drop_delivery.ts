import type { JobHandler } from "../jobs/mod.ts";
import { type JournalRecord, keys, type Store, transact, type Tx } from "../store/mod.ts";

/** Kind of the job that ends a delivery nobody needs any more: payload `{journalId, state}`. */
export const DROP_JOB = "ingest.drop";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** How long a delivery without a message of its own is kept. With one, it lives as long as its message. */
const KEPT_DAYS = { failed: 90, ignored: 7, duplicate: 7 } as const;

/** Plans the end of a delivery that became no message. */
export function planDrop(tx: Tx, journal: JournalRecord): void {
  const { state } = journal;
  if (state === "received" || state === "done") return;
  tx.job({
    kind: DROP_JOB,
    payload: { journalId: journal.id, state },
    dueAt: tx.now + KEPT_DAYS[state] * DAY_MS,
  });
}

/** The handler of the drop job. A delivery that was parsed again meanwhile stays. */
export function createDropper(store: Store): JobHandler {
  return async function drop(job, run) {
    await transact(store, async (tx) => {
      run.complete(tx);
      const journal = await tx.get(keys.journal(String(job.payload.journalId)));
      if (journal === null || journal.state !== job.payload.state) return;
      tx.delete(keys.journal(journal.id));
      tx.delete(keys.journalDedupe(journal.channelId, journal.hash));
      tx.delete(keys.journalFailed(journal.channelId, journal.receivedAt, journal.id));
      tx.dropBlob(journal.blob.id);
    });
  };
}
