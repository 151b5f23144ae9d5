import type { ConnectionError } from "../channel/mod.ts";
import { backOffMs } from "../jobs/mod.ts";

/** Between two looks at a channel that works. */
const HEALTHY_MS = 60 * 60_000;
/** Somebody may be mending it at this moment. */
const BROKEN_MS = 10 * 60_000;
/** The first tries of what could not be asked come no sooner than this. */
const SOONEST_MS = 5_000;
/** A provider that cannot be reached is the channel's problem from this failure in a row on. */
const FAILURES_TO_TELL = 5;

/** What follows a look at a channel's connection. */
export interface ConnectionStep {
  readonly dueAt: number;
  readonly failures: number;
  /** What the channel's status is to say; null when nothing. */
  readonly error: string | null;
}

/**
 * When to look again, and what to say. Pure.
 * @param error null: all is well
 * @param state `failures`: in a row before this one; `share`: random, from 0 to 1, so that channels of one provider do
 * not come back together
 */
export function connectionStep(
  error: ConnectionError | null,
  { now, failures, share }: {
    readonly now: number;
    readonly failures: number;
    readonly share: number;
  },
): ConnectionStep {
  const spread = 0.9 + 0.2 * share;
  if (error === null) {
    return { dueAt: now + Math.round(HEALTHY_MS * spread), failures: 0, error: null };
  }
  const failed = failures + 1;
  switch (error.code) {
    case "broken":
      return {
        dueAt: now + Math.round(BROKEN_MS * spread),
        failures: failed,
        error: error.message,
      };
    case "unavailable":
      return {
        dueAt: now + Math.max(backOffMs(failed, share), SOONEST_MS),
        failures: failed,
        error: failed >= FAILURES_TO_TELL ? error.message : null,
      };
  }
}
