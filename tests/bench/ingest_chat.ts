import type { BenchVisitor } from "./bench_visitors.ts";

/** Messages per second taken over HTTP, each answered once it is stored; every visitor writes as fast as it can. */
export async function measureChatIngest(
  visitors: readonly BenchVisitor[],
  ms: number,
): Promise<number> {
  const startedAt = performance.now();
  let count = 0;
  await Promise.all(visitors.map(async (visitor) => {
    while (performance.now() - startedAt < ms) {
      await visitor.write(
        `Is the Corsa 3 in 56 still in stock? I could come by at ${count++ % 24}:00.`,
      );
    }
  }));
  return count / (performance.now() - startedAt) * 1_000;
}
