const MUTATIONS = 10;
const VALUE_BYTES = 400;

/**
 * What this machine's Deno KV can do: commits of 10 new keys of 400 bytes into a file, as fast as they come.
 * @returns commits per second
 */
export async function measureRawCommits(
  options: { readonly dir: string; readonly concurrency: number; readonly ms: number },
): Promise<number> {
  const path = `${options.dir}/raw_${crypto.randomUUID()}.kv`;
  const kv = await Deno.openKv(path);
  const value = crypto.getRandomValues(new Uint8Array(VALUE_BYTES));
  const startedAt = performance.now();
  let count = 0;
  const work = async () => {
    while (performance.now() - startedAt < options.ms) {
      const n = count++;
      const operation = kv.atomic();
      for (let i = 0; i < MUTATIONS; i++) operation.set(["raw", n, i], value);
      await operation.commit();
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  const rate = count / (performance.now() - startedAt) * 1_000;
  kv.close();
  await Deno.remove(path);
  return rate;
}
