/** Wait before the next run of a job that failed. */

const FIRST_MS = 1_000;
const MAX_MS = 15 * 60_000;

/**
 * Doubles with each run, up to 15 minutes; jittered, so that jobs which failed together do not come
 * back together.
 * @param attempt runs so far, from 1
 * @param share random, from 0 to 1
 * @returns ms, between 80 % and 120 % of the step
 */
export function backOffMs(attempt: number, share: number): number {
  const step = Math.min(FIRST_MS * 2 ** (attempt - 1), MAX_MS);
  return Math.round(step * (0.8 + 0.4 * share));
}
