import type { LiveTable } from "./events/mod.ts";
import type { JobRunner } from "./jobs/mod.ts";
import { keys, type Store } from "./store/mod.ts";

/** Whether the process can do its work, part by part. */
export interface Readiness {
  /** The database answers; its migrations were done when it was opened. */
  readonly store: boolean;
  /** The live table was loaded. */
  readonly live: boolean;
  /** The job runner takes jobs. */
  readonly jobs: boolean;
}

/** What an operator wants to see moving. */
export interface Gauges {
  readonly streams: number;
  readonly liveConversations: number;
  /** Due and not yet taken, at most {@link MAX_COUNTED}. */
  readonly dueJobs: number;
  readonly deadJobs: number;
}

export interface HealthParts {
  readonly store: Pick<Store, "get" | "list" | "ports">;
  readonly live: Pick<LiveTable, "size" | "version">;
  readonly jobs: Pick<JobRunner, "isRunning" | "dead">;
  readonly feed: { readonly size: number };
}

/** Counting stops here: beyond it the number says enough. */
export const MAX_COUNTED = 1_000;

export async function readReadiness({ store, live, jobs }: HealthParts): Promise<Readiness> {
  // A store that is closed or gone throws; that is the answer, not a fault.
  const isStoreOpen = await store.get(keys.workspace()).then(() => true, () => false);
  return { store: isStoreOpen, live: live.version !== "", jobs: jobs.isRunning };
}

export async function readGauges({ store, live, jobs, feed }: HealthParts): Promise<Gauges> {
  let dueJobs = 0;
  const due = keys.jobsDue(store.ports.clock.now());
  for await (const _ of store.list(due, { limit: MAX_COUNTED })) dueJobs++;
  return {
    streams: feed.size,
    liveConversations: live.size,
    dueJobs,
    deadJobs: (await jobs.dead()).length,
  };
}
