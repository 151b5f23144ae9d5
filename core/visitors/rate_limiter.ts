/**
 * Counts what an address did in a window. In memory: a refused request costs no write, and a restart
 * forgives. With several processes each counts for itself.
 */
import type { Clock } from "../ports.ts";

/** Windows kept at once; beyond it the oldest are forgotten. */
const MAX_WINDOWS = 50_000;

interface Window {
  count: number;
  readonly endsAt: number;
}

export class RateLimiter {
  readonly #windows = new Map<string, Window>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts one use.
   * @returns 0 when it is within the limit, else how long to wait, in ms.
   */
  take(bucket: string, subject: string, limit: number, periodMs: number): number {
    const now = this.#clock.now();
    const key = `${bucket} ${subject}`;
    const window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      this.#windows.delete(key);
      if (this.#windows.size >= MAX_WINDOWS) this.#forget(now);
      this.#windows.set(key, { count: 1, endsAt: now + periodMs });
      return 0;
    }
    if (window.count >= limit) return window.endsAt - now;
    window.count++;
    return 0;
  }

  /** Drops what is over, and if nothing is, the oldest tenth. */
  #forget(now: number): void {
    for (const [key, window] of this.#windows) {
      if (window.endsAt <= now) this.#windows.delete(key);
    }
    let excess = this.#windows.size - Math.floor(MAX_WINDOWS * 0.9);
    for (const key of this.#windows.keys()) {
      if (excess-- <= 0) break;
      this.#windows.delete(key);
    }
  }
}
