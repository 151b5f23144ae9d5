const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before trying again, in ms: doubling, and spread so that widgets do not come back all at once.
 * @param failures in a row, from 1; `random` in [0, 1).
 */
export function retryDelay(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.round(full / 2 + random * full / 2);
}
