/** What adapters may not reach for, closed while they run. */

/**
 * Runs work with the network of the process closed, and clock and chance moved: what depends on them shows.
 * Checks run one after the other, so that nobody else meets this.
 * @param shiftMs by how much the process's clock is off
 */
export async function withSealedGlobals<T>(shiftMs: number, work: () => Promise<T>): Promise<T> {
  const { fetch } = globalThis;
  const { now } = Date;
  const { random } = Math;
  let escaped: string | null = null;
  globalThis.fetch = (input) => {
    escaped = `the global fetch was called for ${input instanceof Request ? input.url : input}`;
    return Promise.reject(new TypeError(escaped));
  };
  Date.now = () => now() + shiftMs;
  Math.random = () => (random() + shiftMs / 1e12) % 1;
  try {
    const result = await work();
    if (escaped !== null) throw new Error(escaped);
    return result;
  } finally {
    globalThis.fetch = fetch;
    Date.now = now;
    Math.random = random;
  }
}
