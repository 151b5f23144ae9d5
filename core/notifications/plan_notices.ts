import type { Change } from "../model/change.ts";
import { followersOf } from "../personal/mod.ts";
import { keys, type LogItem, type Tx } from "../store/mod.ts";
import { NEWS_MS, PLAN_NOTICES_JOB } from "./plan_job.ts";
import { readStaff, whoIsTold } from "./who_is_told.ts";

/** Time to see it in the app, and to write more: what comes meanwhile goes into the same mail. */
const WAIT_MS = 2 * 60_000;

/**
 * Plans to tell the team of what customers wrote: the handler of the log's follower.
 * @returns false when nobody is to be told of anything
 */
export async function planNotices(tx: Tx, items: readonly LogItem[]): Promise<boolean> {
  const first = new Map<string, { readonly seq: number; readonly messageId: string }>();
  for (const { entry } of items) {
    if (entry.at < tx.now - NEWS_MS) continue;
    for (const change of entry.changes) {
      const { conversationId, messageId, seq } = change;
      if (!isNews(change) || conversationId === undefined || messageId === undefined) continue;
      if (seq === undefined || (first.get(conversationId)?.seq ?? Infinity) < seq) continue;
      first.set(conversationId, { seq, messageId });
    }
  }
  if (first.size === 0) return false;
  const staff = await readStaff(tx);
  let isPlanned = false;
  for (const [conversationId, message] of first) {
    const conversation = await tx.read(keys.conversation(conversationId));
    if (conversation === null) continue;
    const followers = await followersOf(tx, conversationId);
    if (whoIsTold(conversation, staff, followers).size === 0) continue;
    const planned = await tx.read(keys.notice(conversationId));
    if (planned !== null && planned.dueAt > tx.now - NEWS_MS) continue;
    const dueAt = tx.now + WAIT_MS;
    tx.set(keys.notice(conversationId), { ...message, dueAt }, { expireInMs: NEWS_MS });
    tx.job({ kind: PLAN_NOTICES_JOB, payload: { conversationId }, dueAt });
    isPlanned = true;
  }
  return isPlanned;
}

function isNews({ type, actor, isHistory }: Change): boolean {
  return type === "message.created" && actor.type === "contact" && isHistory !== true;
}
