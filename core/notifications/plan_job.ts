import { placeNow } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { followersOf } from "../personal/mod.ts";
import { keys, type Store, transact } from "../store/mod.ts";
import { SEND_NOTICE_JOB } from "./send_job.ts";
import { readStaff, whoIsTold } from "./who_is_told.ts";

/** Kind of the job that looks whom to tell of a conversation's news: payload `{conversationId}`. */
export const PLAN_NOTICES_JOB = "notifications.plan";

/** What is older, as after a long sleep of the process, is found in the app. */
export const NEWS_MS = 60 * 60_000;

/** The handler of the plan job: one mail for each, all planned in one commit. */
export function createNoticePlanner(store: Store): JobHandler {
  return async function plan(job, run) {
    const conversationId = String(job.payload.conversationId);
    await transact(store, async (tx) => {
      run.complete(tx);
      const notice = await tx.get(keys.notice(conversationId));
      if (notice === null) return;
      tx.delete(keys.notice(conversationId));
      if (job.firstDueAt < tx.now - NEWS_MS) return;
      // Threads may have been split or merged meanwhile.
      const place = await placeNow((key) => tx.read(key), { conversationId, ...notice });
      // Checked: a message that comes at this moment finds either this notice, or room for one of its own.
      const conversation = await tx.get(keys.conversation(place.conversationId));
      if (conversation === null) return;
      const { messageId } = notice;
      const followers = await followersOf(tx, conversation.id);
      const told = whoIsTold(conversation, await readStaff(tx), followers);
      for (const userId of told.keys()) {
        const payload = { userId, messageId, ...place };
        tx.job({ kind: SEND_NOTICE_JOB, payload, dueAt: tx.now });
      }
    }, { queue: conversationId });
  };
}
