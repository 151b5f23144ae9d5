import { placeNow } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { DEFAULT_NOTIFICATIONS } from "../model/user.ts";
import { readMentions } from "../personal/mod.ts";
import { keys, type Store, transact } from "../store/mod.ts";
import { SEND_NOTICE_JOB } from "./send_job.ts";
import { NEWS_MS } from "./plan_job.ts";

/** The handler of the mention job: one mail for each person a comment names who wants one, all planned in one commit. */
export function createMentionPlanner(store: Store): JobHandler {
  return async function plan(job, run) {
    await transact(store, async (tx) => {
      run.complete(tx);
      if (job.firstDueAt < tx.now - NEWS_MS) return;
      const place = await placeNow((key) => tx.read(key), job.payload);
      const [conversation, message] = await Promise.all([
        tx.read(keys.conversation(place.conversationId)),
        tx.read(keys.message(place.conversationId, place.seq)),
      ]);
      if (conversation === null || message === null) return;
      const told = new Set<string>();
      for (const mention of message.mentions ?? []) {
        // One by one: somebody who may not read it any more hides nobody else.
        const named = await readMentions(tx, conversation.inboxId, [mention]);
        const userIds = named.ok ? named.value.userIds : [];
        for (const userId of userIds) {
          if (userId === message.author.id || told.has(userId)) continue;
          told.add(userId);
          const user = await tx.read(keys.user(userId));
          const { mail } = user?.notifications ?? DEFAULT_NOTIFICATIONS;
          if (!mail.includes("mention")) continue;
          const payload = { userId, messageId: message.id, ...place, isMention: true };
          tx.job({ kind: SEND_NOTICE_JOB, payload, dueAt: tx.now });
        }
      }
    });
  };
}
