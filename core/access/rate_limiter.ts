import type { CoreError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Store, transact } from "../store/mod.ts";
import { countAttempt, type RateLimit, uncountAttempt } from "./rate_limit.ts";

/** Attempts of one subject at one kind of thing. */
export interface RateBucket extends RateLimit {
  /** What is limited, such as "sign_in_address". */
  readonly name: string;
  /** Whose attempts are counted. */
  readonly subject: string;
}

/** Counts attempts in the store, so that a restart forgives nothing. */
export class RateLimiter {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Counts one attempt in every bucket, or in none: then `rate_limited` with the longest wait. */
  take(buckets: readonly RateBucket[]): Promise<Result<null, CoreError>> {
    return transact(this.#store, async (tx) => {
      let retryAfterMs = 0;
      for (const bucket of buckets) {
        const key = keys.rate(bucket.name, bucket.subject);
        const decision = countAttempt(await tx.get(key), bucket, tx.now);
        if (decision.ok) tx.set(key, decision.record, { expireInMs: bucket.windowMs });
        else retryAfterMs = Math.max(retryAfterMs, decision.retryAfterMs);
      }
      return retryAfterMs > 0 ? err({ code: "rate_limited" as const, retryAfterMs }) : ok(null);
    }, QUEUE);
  }

  /** Takes one attempt back in every bucket. */
  async giveBack(buckets: readonly RateBucket[]): Promise<void> {
    await transact(this.#store, async (tx) => {
      for (const bucket of buckets) {
        const key = keys.rate(bucket.name, bucket.subject);
        const record = uncountAttempt(await tx.get(key), tx.now);
        if (record) tx.set(key, record, { expireInMs: bucket.windowMs });
        else tx.delete(key);
      }
      return ok(null);
    }, QUEUE);
  }
}

/** A crowd of guesses at one account would only lose its commits to each other. */
const QUEUE = { queue: "rate_limits" } as const;
