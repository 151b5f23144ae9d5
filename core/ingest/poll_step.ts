import type { PollError } from "../channel/mod.ts";
import { backOffMs } from "../jobs/mod.ts";

/** Between two polls of a channel that has nothing new. */
const PAUSE_MS = 60_000;
/** Until settings that do not work are tried again without anybody having changed them. */
const BROKEN_MS = 15 * 60_000;
/** A server that cannot be reached is the channel's problem from this failure in a row on. */
const FAILURES_TO_TELL = 5;

/** What follows a poll. */
export interface PollStep {
  readonly dueAt: number;
  readonly failures: number;
  /** What the channel's status is to say; null when nothing. */
  readonly error: string | null;
}

/**
 * When to poll next, and what to say about it. Pure.
 * @param error why the poll failed; null when it did not
 * @param state `failures`: in a row before this one; `nextAt`: when there will be more, where that is known; `share`:
 * random, from 0 to 1, so that channels of one server do not come back together
 */
export function pollStep(
  error: PollError | null,
  { now, failures, hasMore, nextAt, share }: {
    readonly now: number;
    readonly failures: number;
    readonly hasMore: boolean;
    readonly nextAt?: number;
    readonly share: number;
  },
): PollStep {
  const spread = 0.9 + 0.2 * share;
  if (error === null) {
    const pausedAt = now + Math.round(PAUSE_MS * spread);
    const dueAt = hasMore ? now : nextAt === undefined ? pausedAt : Math.max(nextAt, now);
    return { dueAt, failures: 0, error: null };
  }
  const failed = failures + 1;
  switch (error.code) {
    case "unauthorized":
    case "config": {
      const dueAt = now + Math.round(BROKEN_MS * spread);
      return { dueAt, failures: failed, error: error.message };
    }
    case "rate_limited": {
      const waitMs = Math.max(error.retryAfterMs, backOffMs(failed, share));
      return { dueAt: now + waitMs, failures: failed, error: null };
    }
    case "unavailable": {
      const told = failed >= FAILURES_TO_TELL ? error.message : null;
      return { dueAt: now + backOffMs(failed, share), failures: failed, error: told };
    }
  }
}
