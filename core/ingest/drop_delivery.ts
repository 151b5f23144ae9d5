import { deleteJournal } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { type JournalRecord, keys, type Store, transact, type Tx } from "../store/mod.ts";

/** Kind of the job that ends a delivery nobody needs any more: payload `{journalId, state}`; null: whatever became of it. */
export const DROP_JOB = "ingest.drop";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** How long a delivery without a message of its own is kept. With one, it lives as long as its message. */
const KEPT_DAYS = { done: 7, failed: 90, ignored: 7, duplicate: 7 } as const;
/** A delivery that is still being read is looked at again. */
const UNREAD_WAIT_MS = 60_000;

/** Plans the end of a delivery that became no message. */
export function planDrop(tx: Tx, journal: JournalRecord): void {
  const { state } = journal;
  if (state === "received" || (state === "done" && journal.messageIds.length > 0)) return;
  tx.job({
    kind: DROP_JOB,
    payload: { journalId: journal.id, state },
    dueAt: tx.now + KEPT_DAYS[state] * DAY_MS,
  });
}

/** Plans that what a message came with goes at once: its author took it back. */
export function planErasure(tx: Pick<Tx, "job" | "now">, journalId: string | undefined): void {
  if (journalId === undefined) return;
  tx.job({ kind: DROP_JOB, payload: { journalId, state: null }, dueAt: tx.now });
}

/** The handler of the drop job. A delivery that was parsed again meanwhile stays. */
export function createDropper(store: Store): JobHandler {
  return async function drop(job, run) {
    await transact(store, async (tx) => {
      run.complete(tx);
      const journal = await tx.get(keys.journal(String(job.payload.journalId)));
      if (journal === null) return;
      const { state } = job.payload;
      if (state === null && journal.state === "received") {
        tx.job({ kind: DROP_JOB, payload: job.payload, dueAt: tx.now + UNREAD_WAIT_MS });
        return;
      }
      if (state !== null && journal.state !== state) return;
      deleteJournal(tx, journal);
    });
  };
}
