import type { RateRecord } from "../store/mod.ts";

/** How many attempts a subject has in a window that starts with the first of them. */
export interface RateLimit {
  readonly max: number;
  readonly windowMs: number;
}

/** One more attempt, or how long to wait. */
export type RateDecision =
  | { readonly ok: true; readonly record: RateRecord }
  | { readonly ok: false; readonly retryAfterMs: number };

/** Counts an attempt. A refused one does not lengthen the wait. */
export function countAttempt(
  record: RateRecord | null,
  { max, windowMs }: RateLimit,
  now: number,
): RateDecision {
  if (record === null || record.resetAt <= now) {
    return { ok: true, record: { count: 1, resetAt: now + windowMs } };
  }
  if (record.count >= max) return { ok: false, retryAfterMs: record.resetAt - now };
  return { ok: true, record: { ...record, count: record.count + 1 } };
}

/** Takes an attempt back that turned out to be harmless, such as a right password. Null: nothing is left. */
export function uncountAttempt(record: RateRecord | null, now: number): RateRecord | null {
  if (record === null || record.resetAt <= now || record.count <= 1) return null;
  return { ...record, count: record.count - 1 };
}

/**
 * Whom an address stands for: an IPv4 address itself, of an IPv6 address the /64, since one customer has them all.
 */
export function addressSubject(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(":")) return address;
  const [head = "", tail] = (address.toLowerCase().split("%")[0] ?? "").split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
