import { type JobProgress, SYSTEM } from "../model/change.ts";
import { type ImportRecord, keys, type Tx } from "../store/mod.ts";

/** Kind of the job that imports what a channel held before it was connected: payload `{importId}`. */
export const IMPORT_JOB = "ingest.import";

/** Commits on an import take turns: it moves on with each mail. */
export function importQueue(id: string): string {
  return `import ${id}`;
}

/** Writes an import, and tells whoever may manage its channel how far it is. */
export async function putImport(tx: Tx, record: ImportRecord): Promise<void> {
  tx.set(keys.import(record.id), record);
  const { id, channelId, folder, state, progress, taken, unread = 0, error } = record;
  await tellProgress(tx, {
    id,
    kind: "import",
    channelId,
    name: folder,
    state,
    done: progress?.done ?? null,
    total: progress?.total ?? null,
    taken,
    failed: unread,
    error,
  });
}

/** Tells how far a job is, without storing it. */
export async function tellProgress(tx: Tx, job: JobProgress): Promise<void> {
  const channel = await tx.read(keys.channel(job.channelId));
  if (channel === null) return;
  tx.emit({ type: "job.progress", actor: SYSTEM, inboxId: channel.inboxId, job });
}

/** Those of a channel that run or wait, the oldest first. */
export async function openImports(tx: Tx, channelId: string): Promise<readonly ImportRecord[]> {
  const open: ImportRecord[] = [];
  for await (const { value } of tx.list(keys.imports())) {
    const isOpen = value.state === "running" || value.state === "waiting";
    if (value.channelId === channelId && isOpen) open.push(value);
  }
  return open;
}

/**
 * Writes an import that is to begin or to go on: at once when none of its channel runs, else it waits for its turn.
 * @returns as it was written
 */
export async function queueImport(tx: Tx, record: ImportRecord): Promise<ImportRecord> {
  const { id, channelId } = record;
  const running = await tx.get(keys.runningImport(channelId));
  // Written again while another one runs: its end must see this one, or lose its commit.
  tx.set(keys.runningImport(channelId), running ?? id);
  if (running === null) tx.job({ kind: IMPORT_JOB, payload: { importId: id }, dueAt: tx.now });
  const queued: ImportRecord = { ...record, state: running === null ? "running" : "waiting" };
  await putImport(tx, queued);
  return queued;
}

/** Ends an import that runs or waits. The next one of its channel begins. */
export async function endImport(
  tx: Tx,
  record: ImportRecord,
  how: Pick<ImportRecord, "state" | "error">,
): Promise<ImportRecord> {
  const { id, channelId } = record;
  const ended: ImportRecord = { ...record, ...how, failures: 0, endedAt: tx.now };
  await putImport(tx, ended);
  if (await tx.get(keys.runningImport(channelId)) !== id) return ended;
  const next = await nextImport(tx, channelId, id);
  if (next === null) {
    tx.delete(keys.runningImport(channelId));
    return ended;
  }
  tx.set(keys.runningImport(channelId), next.id);
  tx.job({ kind: IMPORT_JOB, payload: { importId: next.id }, dueAt: tx.now });
  await putImport(tx, { ...next, state: "running" });
  return ended;
}

/** The one of a channel that has waited longest. Checked: somebody may cancel it at this moment. */
async function nextImport(
  tx: Tx,
  channelId: string,
  endedId: string,
): Promise<ImportRecord | null> {
  for (const { id } of await openImports(tx, channelId)) {
    const record = id === endedId ? null : await tx.get(keys.import(id));
    if (record?.state === "waiting") return record;
  }
  return null;
}
