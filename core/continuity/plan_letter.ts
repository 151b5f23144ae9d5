import { SYSTEM } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { type ContinuityRecord, type JobRef, keys, type Tx } from "../store/mod.ts";
import { MAIL_GAP_MS } from "./continuity_due.ts";

/** Kind of the job that mails unread answers of a chat: payload `{conversationId}`. */
export const LETTER_JOB = "continuity.letter";

/** A planned job this long overdue is lost: another takes its place. */
const LOST_AFTER_MS = 24 * 60 * 60_000;

/** A chat's record before anything was planned. */
export function newRecord(visitorId: string): ContinuityRecord {
  return { visitorId, job: null, lastMailAt: null, channelIds: [] };
}

/** A chat's record with what is known of one that is part of it now: both channels' answers come into it. Pure. */
export function withMerged(
  record: ContinuityRecord | null,
  merged: ContinuityRecord,
): ContinuityRecord {
  if (record === null) return { ...merged, job: null };
  const times = [record.lastMailAt, merged.lastMailAt].filter((at) => at !== null);
  return {
    ...record,
    lastMailAt: times.length === 0 ? null : Math.max(...times),
    channelIds: [...new Set([...record.channelIds, ...merged.channelIds])],
  };
}

/** Plans a look at a chat, unless one is planned. @returns when it is */
export function planLook(
  tx: Tx,
  conversationId: string,
  record: ContinuityRecord,
  afterMs: number,
): number {
  if (record.job !== null && record.job.dueAt > tx.now - LOST_AFTER_MS) return record.job.dueAt;
  const { lastMailAt } = record;
  const dueAt = Math.max(tx.now + afterMs, lastMailAt === null ? 0 : lastMailAt + MAIL_GAP_MS);
  tx.set(keys.continuity(conversationId), { ...record, job: lookAt(tx, conversationId, dueAt) });
  return dueAt;
}

/** The job, to be kept in the chat's record. */
export function lookAt(tx: Tx, conversationId: string, dueAt: number): JobRef {
  return tx.job({ kind: LETTER_JOB, payload: { conversationId }, dueAt });
}

/** Lets agents see at the newest unread answer when it would go. */
export async function showPlan(
  tx: Tx,
  conversation: Conversation,
  unread: readonly Message[],
  mailAt: number,
): Promise<void> {
  const newest = unread.at(-1);
  if (newest === undefined || newest.mailAt === mailAt) return;
  const key = keys.message(conversation.id, newest.seq);
  // Checked: the visitor may read it at this moment.
  const message = await tx.get(key);
  if (message === null) return;
  tx.set(key, { ...message, mailAt });
  tx.emit({
    type: "message.updated",
    actor: SYSTEM,
    conversationId: conversation.id,
    inboxId: conversation.inboxId,
    messageId: message.id,
    seq: message.seq,
    changed: ["mailAt"],
  });
}
