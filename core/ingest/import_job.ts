import type { PollError } from "../channel/mod.ts";
import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { backOffMs, type JobContext, type JobHandler } from "../jobs/mod.ts";
import { err, type Result } from "../result.ts";
import { type ImportRecord, keys, transact, type Tx } from "../store/mod.ts";
import { wait } from "../wait.ts";
import { endImport, importQueue, putImport } from "./put_import.ts";
import { type Reading, readPages } from "./read_pages.ts";

/** Pages of one run; then another import has its turn. */
const PAGES_PER_RUN = 20;
/** Between two looks at whether a page's deliveries are parsed. */
const LOOK_MS = 100;
/** With the waits between them, the better part of a day. */
const MAX_FAILURES = 60;

/**
 * The handler of the import job: page by page, each parsed before the next is fetched, so that mail which comes in
 * meanwhile never waits behind a whole folder. What is stored already is passed.
 */
export function createImporter(context: CoreContext, channels: Channels): JobHandler {
  const { store, ports } = context;

  return async function importHistory(job, run) {
    const id = String(job.payload.importId);
    const record = await store.get(keys.import(id));
    if (record === null || record.state !== "running") return;
    const opened = await channels.open(record.channelId);
    const read: Result<{ readonly hasMore: boolean }, PollError> = opened.ok
      ? await readOn(opened.value, record, run.signal)
      : err({ code: "config", message: opened.error });
    if (!read.ok && run.signal.aborted) {
      throw new Error("Cannot go on importing: the run was ended");
    }
    await finish(run, id, read);
  };

  async function readOn(
    { adapter, view, io }: OpenedChannel,
    record: ImportRecord,
    signal: AbortSignal,
  ): Promise<Result<{ readonly hasMore: boolean }, PollError>> {
    const session = await adapter.poll?.open(view, io(signal)) ??
      err({ code: "config", message: "This channel holds nothing to import." } as const);
    if (!session.ok) return session;
    const journalIds = new Set<string>();
    const reading: Reading = {
      cursor: record.cursor,
      journal: { channelId: record.channelId, isHistory: true },
      queue: importQueue(record.id),
      async advance(tx, from, to, taken) {
        const now = await runningImport(tx, record.id, from);
        const count = taken === null || taken.isRepeated ? 0 : 1;
        if (count === 1 && taken !== null) journalIds.add(taken.journalId);
        tx.set(keys.import(record.id), { ...now, cursor: to, taken: now.taken + count });
      },
      async onPage({ progress }) {
        const unread = await settled([...journalIds], signal);
        journalIds.clear();
        await transact(store, async (tx) => {
          const now = await tx.get(keys.import(record.id));
          if (now === null) return;
          await putImport(tx, {
            ...now,
            unread: (now.unread ?? 0) + unread,
            progress: progress ?? now.progress,
          });
        }, { queue: importQueue(record.id) });
      },
    };
    try {
      return await readPages(context, session.value, reading, { pages: PAGES_PER_RUN, signal });
    } catch (error) {
      if (error instanceof CanceledError) return { ok: true, value: { hasMore: false } };
      throw error;
    } finally {
      await session.value.close();
    }
  }

  /** Waits until each of these deliveries is parsed, or is known to have failed. @returns how many failed */
  async function settled(journalIds: readonly string[], signal: AbortSignal): Promise<number> {
    while (true) {
      const found = await store.getMany(journalIds.map((id) => keys.journal(id)));
      if (!found.some((journal) => journal?.state === "received")) {
        return found.filter((journal) => journal?.state === "failed").length;
      }
      await wait(ports, LOOK_MS, signal);
    }
  }

  async function finish(
    run: JobContext,
    id: string,
    read: Result<{ readonly hasMore: boolean }, PollError>,
  ): Promise<void> {
    await transact(store, async (tx) => {
      const record = await tx.get(keys.import(id));
      if (record === null || record.state !== "running") return run.complete(tx);
      if (read.ok && read.value.hasMore) {
        run.reschedule(tx, tx.now);
        return await putImport(tx, { ...record, failures: 0, error: null });
      }
      if (read.ok) {
        run.complete(tx);
        return void await endImport(tx, record, { state: "done", error: null });
      }
      const { code, message } = read.error;
      const failures = record.failures + 1;
      const isPassing = code === "unavailable" || code === "rate_limited";
      if (!isPassing || failures >= MAX_FAILURES) {
        run.complete(tx);
        return void await endImport(tx, record, { state: "failed", error: message });
      }
      const share = (ports.random.bytes(1)[0] ?? 0) / 255;
      const waitMs = read.error.code === "rate_limited" ? read.error.retryAfterMs : 0;
      run.reschedule(tx, tx.now + Math.max(waitMs, backOffMs(failures, share)));
      await putImport(tx, { ...record, failures, error: message });
    }, { queue: importQueue(id) });
  }
}

class CanceledError extends Error {}

/** The import as it is now. @throws CanceledError when it was ended; Error when somebody else reads on */
async function runningImport(tx: Tx, id: string, cursor: string | null): Promise<ImportRecord> {
  const record = await tx.get(keys.import(id));
  if (record === null || record.state !== "running") throw new CanceledError();
  if (record.cursor !== cursor) throw new Error(`Cannot read on in import "${id}": another does`);
  return record;
}
