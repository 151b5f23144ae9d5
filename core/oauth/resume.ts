import type { JobHandler } from "../jobs/mod.ts";
import { SEND_JOB } from "../outbox/mod.ts";
import { keys, type OutboxRecord, type Store, transact } from "../store/mod.ts";

/** Kind of the job that lets a channel's waiting messages go: payload `{channelId}`. */
export const RESUME_JOB = "oauth.resume";

/** The handler of the resume job. Messages keep the order of their conversations; done twice, it changes nothing. */
export function createResumer(store: Store): JobHandler {
  return async function resume({ payload }) {
    for await (const { value } of store.list(keys.outboxes())) {
      if (value.channelId === payload.channelId && value.state === "retrying") await wake(value);
    }
  };

  async function wake({ conversationId, seq }: OutboxRecord): Promise<void> {
    await transact(store, async (tx) => {
      const now = await tx.get(keys.outbox(conversationId, seq));
      if (now === null || now.state !== "retrying" || now.job.dueAt <= tx.now) return;
      tx.cancelJob(now.job);
      const payload = { conversationId, seq, messageId: now.messageId };
      const job = tx.job({ kind: SEND_JOB, payload, dueAt: tx.now });
      tx.set(keys.outbox(conversationId, seq), { ...now, job });
    }, { queue: conversationId });
  }
}
