/**
 * Wait before the next attempt to reach the server, in ms: doubles from 1 s to 30 s, spread by half so that a
 * restarted server is not met by every browser in the same second.
 * @param attempt 1 for the first. @param random from 0 to below 1.
 */
export function reconnectWaitMs(attempt: number, random: number): number {
  const full = Math.min(1_000 * 2 ** (attempt - 1), 30_000);
  return Math.round(full * (0.5 + random / 2));
}
