/** Deletes what lies beyond the end of a thread: what a move left behind, or copies of one that never happened. */
import { carried, findMessage } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import type { Message } from "../model/message.ts";
import { advanceStatus, type ReportedStatus } from "../outbox/mod.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";

/** Kind of the job: payload `{conversationId}`. */
export const SWEEP_JOB = "threads.sweep";

/** Each may be a check for a status that came late, beside the conversation's own. */
const PAGE = 8;

export function planSweep(tx: Pick<Tx, "job">, conversationId: string, dueAt: number): void {
  tx.job({ kind: SWEEP_JOB, payload: { conversationId }, dueAt });
}

/** The handler of the sweep job. Safe at any time, any number of times. */
export function createSweeper(store: Store): JobHandler {
  return async function sweep(job, run) {
    const id = String(job.payload.conversationId);
    for (let isDone = false; !isDone;) {
      run.signal.throwIfAborted();
      isDone = await transact(store, (tx) => sweepPage(tx, id), { queue: id });
    }
  };
}

async function sweepPage(tx: Tx, id: string): Promise<boolean> {
  // Checked: a message that comes meanwhile takes a place that is swept here.
  const conversation = await tx.get(keys.conversation(id));
  const range = keys.messagesBetween(id, (conversation?.lastSeq ?? 0) + 1, Number.MAX_SAFE_INTEGER);
  const page: Message[] = [];
  for await (const { value } of tx.list(range, { limit: PAGE })) page.push(value);
  for (const left of page) {
    tx.delete(keys.message(id, left.seq));
    await carry(tx, left);
  }
  return page.length < PAGE;
}

/** A receipt, an edit or a reaction may have been written on it while it was copied. */
async function carry(tx: Tx, left: Message): Promise<void> {
  const moved = await findMessage((key) => tx.read(key), left.id);
  if (moved === null || moved.conversationId === left.conversationId) return;
  const after = carried(left, carriedStatus(left, moved));
  if (after === moved) return;
  const current = await tx.get(keys.message(moved.conversationId, moved.seq));
  if (current?.id !== left.id) return;
  tx.set(
    keys.message(moved.conversationId, moved.seq),
    carried(left, carriedStatus(left, current)),
  );
}

function carriedStatus(left: Message, moved: Message): Message {
  if (left.kind !== "reply" || !isReported(left.status)) return moved;
  if (advanceStatus(moved.status, left.status) === null) return moved;
  const { status, error, sentAt } = left;
  return {
    ...moved,
    status,
    ...error === undefined ? {} : { error },
    ...sentAt === undefined ? {} : { sentAt },
  };
}

function isReported(status: Message["status"]): status is ReportedStatus {
  return status === "sent" || status === "delivered" || status === "read" || status === "failed";
}
