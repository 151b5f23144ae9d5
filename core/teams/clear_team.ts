import { putConversation } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { SYSTEM } from "../model/change.ts";
import { keys, type Store, transact } from "../store/mod.ts";

/** Kind of the job that takes a team that is gone out of its conversations: payload `{teamId}`. */
export const TEAM_GONE_JOB = "teams.gone";

/** The handler of the job. Conversations lose the team without a line: nobody did anything in them. */
export function createTeamClearer(store: Store): JobHandler {
  return async function clear(job, run) {
    const teamId = String(job.payload.teamId);
    for await (const { value } of store.list(keys.conversations(), { signal: run.signal })) {
      if (value.teamId !== teamId) continue;
      const { id } = value;
      await transact(store, async (tx) => {
        const before = await tx.get(keys.conversation(id));
        if (before?.teamId !== teamId) return;
        putConversation(tx, before, { ...before, teamId: null });
        tx.emit({
          type: "conversation.updated",
          actor: SYSTEM,
          conversationId: id,
          inboxId: before.inboxId,
          changed: ["teamId"],
        });
      }, { queue: id });
    }
    run.signal.throwIfAborted();
  };
}
