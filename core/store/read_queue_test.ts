import assert from "node:assert/strict";
import { type ReadHandle, ReadQueue } from "./read_queue.ts";

Deno.test("ReadQueue reads together what is asked for in one breath, or while it is reading", async () => {
  const { handle, calls } = fakeHandle();
  const queue = new ReadQueue(handle);

  const first = [queue.read(["key", 0]), queue.read(["key", 1])];
  await begun();
  const later = Array.from({ length: 23 }, (_, i) => queue.read(["key", i + 2]));
  const values = (await Promise.all([...first, ...later])).map(({ value }) => value);

  assert.deepEqual(values, Array.from({ length: 25 }, (_, i) => `key,${i} 0`));
  assert.deepEqual(calls, [2, 10, 10, 3]);
});

Deno.test("ReadQueue reads a key that many wait for once, and never shares a read that has begun", async () => {
  const { handle, calls, write } = fakeHandle();
  const queue = new ReadQueue(handle);

  const early = queue.read(["a"]);
  await begun();
  write();
  const later = Array.from({ length: 20 }, () => queue.read(["a"]));

  assert.equal((await early).value, "a 0");
  assert.deepEqual(new Set((await Promise.all(later)).map(({ value }) => value)), new Set(["a 1"]));
  assert.deepEqual(calls, [1, 1]);
});

Deno.test("ReadQueue tells everybody of a failed read, and goes on", async () => {
  const { handle, fail } = fakeHandle();
  const queue = new ReadQueue(handle);

  fail();
  const first = queue.read(["a"]);
  await begun();
  const others = [queue.read(["b"]), queue.read(["c"])];

  await assert.rejects(first, /broken/);
  assert.deepEqual((await Promise.all(others)).map(({ value }) => value), ["b 0", "c 0"]);
});

Deno.test("ReadQueue gives the same as the database does", async () => {
  using kv = await Deno.openKv(":memory:");
  const queue = new ReadQueue(kv);
  await kv.set(["a", 1], "one");
  await kv.set(["a", "1"], "text");

  const paths = [["a", 1], ["a", "1"], ["a", 2], ["a", 1]];
  const found = await Promise.all(paths.map((path) => queue.read(path)));

  assert.deepEqual(found.map(({ value }) => value), ["one", "text", null, "one"]);
  assert.equal(found[2]?.versionstamp, null);
});

/** Lets reads that were asked for reach the handle. */
function begun(): Promise<void> {
  return Promise.resolve().then(() => {});
}

/** Answers each read with its key and how often was written before the read began; keeps how many keys each call had. */
function fakeHandle() {
  const calls: number[] = [];
  let writes = 0;
  let isBroken = false;
  const entry = (key: Deno.KvKey) => ({ key, value: `${key} ${writes}`, versionstamp: "1" });
  const answer = async <T>(count: number, make: () => T): Promise<T> => {
    calls.push(count);
    const found = make();
    const fails = isBroken;
    isBroken = false;
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (fails) throw new Error("broken");
    return found;
  };
  // Stands for a handle whose values are all texts.
  const handle = {
    get: (key: Deno.KvKey) => answer(1, () => entry(key)),
    getMany: (keys: readonly Deno.KvKey[]) => answer(keys.length, () => keys.map(entry)),
  } as unknown as ReadHandle;
  return { handle, calls, write: () => void writes++, fail: () => void (isBroken = true) };
}
