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

/**
 * What counts as one address: an IPv6 subscriber has at least a whole /64.
 * @param address as text; what is no address stands for itself.
 */
export function rateSubject(address: string): string {
  const plain = address.toLowerCase().replace(/^\[|\]$|%.*$/g, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array<string>(zeros).fill("0"), ...rest];
  return all.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}
