import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { Follower, type Hub } from "../events/mod.ts";
import type { JobRunner } from "../jobs/mod.ts";
import { MENTION_JOB } from "../personal/mod.ts";
import { createMentionPlanner } from "./mention_job.ts";
import { createNoticePlanner, PLAN_NOTICES_JOB } from "./plan_job.ts";
import { planNotices } from "./plan_notices.ts";
import { createNoticeSender, SEND_NOTICE_JOB } from "./send_job.ts";

/** News for the team outside of the app. */
export interface Notifications {
  /** Under which its place in the log is stored. */
  readonly follower: string;
  /** Reads what the log holds, then follows it. */
  start(): void;
  /** Plans all that the log says now. */
  drain(): Promise<unknown>;
  /** Resolves when what it is writing is written. */
  stop(): Promise<void>;
}

/** Puts them together and names their jobs to the runner. */
export function createNotifications(
  context: CoreContext,
  { hub, jobs, channels }: {
    readonly hub: Hub;
    readonly jobs: JobRunner;
    readonly channels: Pick<Channels, "open" | "ownAddresses">;
  },
): Notifications {
  const { store, ports } = context;
  const follower = "notifications";
  const news = new Follower({ store, hub, ports, name: follower, handle: planNotices });
  jobs.register(PLAN_NOTICES_JOB, createNoticePlanner(store));
  jobs.register(MENTION_JOB, createMentionPlanner(store));
  jobs.register(SEND_NOTICE_JOB, createNoticeSender(context, channels));
  return {
    follower,
    start: () => news.start(),
    drain: () => news.drain(),
    stop: () => news.stop(),
  };
}
