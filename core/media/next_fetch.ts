import type { MediaErrorCode } from "../channel/mod.ts";
import { backOffMs } from "../jobs/mod.ts";
import { unreachable } from "../result.ts";

/** Why a file is missing: the provider's answer, or what came of it. */
export type MediaProblem =
  | MediaErrorCode
  /** It holds nothing. */
  | "empty"
  /** Its channel, or the adapter that could fetch it, is gone. */
  | "gone";

/** What happens after a file could not be fetched. */
export type NextFetch =
  | { readonly kind: "retry"; readonly dueAt: number }
  | { readonly kind: "missing" };

/** Tries before a passing fault counts as lasting: most of an hour. */
const MAX_TRIES = 12;
/** For what may be mended by asking the provider once more: a new link, a server that was confused. */
const MAX_DOUBTFUL_TRIES = 2;
const DOUBTFUL_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 6 * 60 * 60 * 1_000;

/**
 * Decides by the problem alone whether a file is tried again by itself. Pure.
 * @param facts.tries made so far, this one included
 * @param facts.share 0–1, spreads the tries of many files
 */
export function nextFetch(
  problem: MediaProblem,
  { tries, retryAfterMs, now, share }: {
    readonly tries: number;
    /** Of `rate_limited`. */
    readonly retryAfterMs: number;
    readonly now: number;
    readonly share: number;
  },
): NextFetch {
  const again = (max: number, waitMs: number): NextFetch =>
    tries < max ? { kind: "retry", dueAt: now + waitMs } : { kind: "missing" };
  switch (problem) {
    case "unavailable":
      return again(MAX_TRIES, backOffMs(tries, share));
    case "rate_limited":
      return again(MAX_TRIES, Math.min(Math.max(retryAfterMs, 1_000), LONGEST_WAIT_MS));
    case "expired":
    case "unusable":
    case "empty":
      return again(MAX_DOUBTFUL_TRIES, DOUBTFUL_WAIT_MS);
    case "unauthorized":
    case "refused":
    case "too_large":
    case "rejected":
    case "gone":
      return { kind: "missing" };
    default:
      return unreachable(problem);
  }
}
