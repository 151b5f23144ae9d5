import type { JobContext } from "../jobs/mod.ts";
import type { Ports } from "../ports.ts";
import { type Job, keys, type Store, transact } from "../store/mod.ts";
import { applyPatch } from "./patch.ts";
import { writePatched } from "./update.ts";

/** The handler of the job that opens a snoozed conversation at its time; a snooze that was changed is left alone. */
export function createWaker(
  store: Store,
  ports: Ports,
): (job: Job, run: JobContext) => Promise<void> {
  return async function wake(job, run) {
    const id = String(job.payload.conversationId);
    await transact(store, async (tx) => {
      run.complete(tx);
      const before = await tx.get(keys.conversation(id));
      if (before === null || before.snoozedUntil !== job.payload.snoozedUntil) return;
      const patched = applyPatch(before, { status: "open" }, tx.now);
      // It is back: each agent has something to look at again, the line that says so.
      const after = { ...patched.after, lastUnreadSeq: patched.after.lastSeq };
      await writePatched(tx, ports.ids, before, { ...patched, after }, {
        type: "system",
        id: null,
        name: "Parley",
      });
    }, { queue: id });
  };
}
