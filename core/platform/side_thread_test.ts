import assert from "node:assert/strict";
import { until } from "../../tests/e2e/until.ts";
import { createSideThread, type SideThreadOptions } from "./side_thread.ts";

const entry = new URL("fixtures/side_entry.ts", import.meta.url);

function open(options: Partial<SideThreadOptions> = {}) {
  return createSideThread({ entry, log: () => {}, ...options });
}

/** What a thread that works answers. */
async function assertWorks(thread: ReturnType<typeof open>): Promise<void> {
  const done = await thread.run({
    work: "double",
    input: 4,
    answer: (one) => Promise.resolve(one),
  });
  assert.deepEqual(done, { ok: true, value: 8 });
}

Deno.test("run() hands bytes over and back, more than a mail may have", async () => {
  await using thread = open();
  const bytes = new Uint8Array(30_000_000).fill(7);
  bytes[0] = 1;

  const done = await thread.run({ work: "flip", input: bytes.buffer, transfer: [bytes.buffer] });

  assert.ok(done.ok && done.value instanceof ArrayBuffer);
  assert.equal(bytes.byteLength, 0, "they are not copied");
  assert.deepEqual([...new Uint8Array(done.value).subarray(-2)], [7, 1]);
});

Deno.test("run() answers what a task asks, and nothing that is left of an ended one", async () => {
  await using thread = open();
  const asked: unknown[] = [];
  const answer = (question: unknown) => {
    asked.push(question);
    return Promise.resolve(question);
  };

  const doubled = await Promise.all(
    [1, 2, 3].map((input) => thread.run({ work: "double", input, answer })),
  );
  await thread.run({ work: "ramble", input: "who am I?" });
  await new Promise((resolve) => setTimeout(resolve, 60));
  const last = await thread.run({ work: "double", input: 4, answer });

  assert.deepEqual(doubled, [2, 4, 6].map((value) => ({ ok: true, value })));
  assert.deepEqual(last, { ok: true, value: 8 });
  assert.deepEqual(asked, [1, 2, 3, 4]);
});

Deno.test("run() tells what a task threw, and keeps the thread", async () => {
  await using thread = open();

  const failed = await thread.run({ work: "fail", input: null });
  const unknown = await thread.run({ work: "nothing of the kind", input: null });

  assert.deepEqual(failed, { ok: false, error: { code: "threw", name: "RangeError" } });
  assert.deepEqual(unknown, { ok: false, error: { code: "threw", name: "TypeError" } });
  await assertWorks(thread);
});

Deno.test("run() survives a task that ends its thread", async () => {
  await using thread = open();

  const done = await thread.run({ work: "exit", input: null });

  assert.deepEqual(done, { ok: false, error: { code: "crashed" } });
  await assertWorks(thread);
});

Deno.test("run() survives tasks that want all memory, and forgets them in time", async () => {
  await using thread = open({ maxHeapMb: 32, deadlineMs: 2_000, silentMs: 1_000 });

  for (let i = 0; i < 4; i++) {
    const done = await thread.run({ work: "swell", input: null });

    assert.ok(!done.ok && done.error.code !== "unavailable", JSON.stringify(done));
    await assertWorks(thread);
  }
});

Deno.test("run() says so when there is no such entry", async () => {
  await using thread = open({ entry: new URL("fixtures/nowhere.ts", import.meta.url) });

  const done = await thread.run({ work: "double", input: 1 });

  assert.deepEqual(done, { ok: false, error: { code: "crashed" } });
});

Deno.test("run() leaves a task that is too slow behind, but only three of them", async () => {
  const folder = await Deno.makeTempDir();
  const isOver = `${folder}/over`;
  try {
    await using thread = open({ deadlineMs: 1_000 });
    await assertWorks(thread);

    const slow = await thread.run({ work: "spinUntil", input: isOver });
    await assertWorks(thread);
    const more = await Promise.all(
      [1, 2].map(() => thread.run({ work: "spinUntil", input: isOver })),
    );
    const refused = await thread.run({ work: "flip", input: new ArrayBuffer(1) });
    await Deno.writeTextFile(isOver, "");

    assert.deepEqual(slow, { ok: false, error: { code: "too_slow" } });
    assert.deepEqual(more, [slow, slow]);
    assert.deepEqual(refused, { ok: false, error: { code: "unavailable" } });
    await until(async () => {
      const again = await thread.run({ work: "flip", input: new ArrayBuffer(1) });
      return again.ok;
    }, { what: "the first has ended at last", timeoutMs: 10_000 });
  } finally {
    await Deno.writeTextFile(isOver, "");
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("run() throws when the thread is closed in the middle, and a thread without work ends", async () => {
  const thread = open({ idleMs: 10 });
  await assertWorks(thread);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await assertWorks(thread);

  const running = assert.rejects(thread.run({ work: "spin", input: 1_000 }), /was closed/);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await thread[Symbol.asyncDispose]();

  await running;
  await assert.rejects(thread.run({ work: "spin", input: 1 }), /is closed/);
});
