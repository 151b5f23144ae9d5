import assert from "node:assert/strict";
import fc from "fast-check";
import { RecentRecords } from "./recent_records.ts";
import type { Entry, Write } from "./types.ts";

const PATH = ["contact", "con_1"];

Deno.test("RecentRecords.find() reads a record once, also one that does not exist", async () => {
  const recent = new RecentRecords();
  const file = fakeFile([entry("contact", 1)]);

  await recent.find(PATH, file.read);
  const again = await recent.find(PATH, file.read);
  await recent.find(["identity", "email", "x"], file.read);
  const none = await recent.find(["identity", "email", "x"], file.read);

  assert.deepEqual(again, entry("contact", 1));
  assert.equal(none, null);
  assert.equal(file.reads(), 2);
});

Deno.test("RecentRecords.find() reads what is not of the kinds kept each time", async () => {
  const recent = new RecentRecords();
  const file = fakeFile([]);

  for (let i = 0; i < 3; i++) await recent.find(["message", "cnv_1", 1], file.read);

  assert.equal(file.reads(), 3);
});

Deno.test("RecentRecords.write() knows what landed without a read, and forgets what failed", async () => {
  const recent = new RecentRecords();
  const file = fakeFile([entry("contact", 1)]);

  recent.write([set(PATH, "new")]).landed("00000000000000000002");
  const landed = await recent.find(PATH, file.read);
  recent.write([{ kind: "delete", path: PATH }]).landed("00000000000000000003");
  const deleted = await recent.find(PATH, file.read);
  assert.equal(file.reads(), 0);
  recent.write([set(PATH, "lost")]).failed();
  const unknown = await recent.find(PATH, file.read);
  await recent.find(PATH, file.read);

  assert.deepEqual(landed, { path: PATH, value: "new", versionstamp: "00000000000000000002" });
  assert.equal(deleted, null);
  assert.deepEqual(unknown, entry("contact", 1));
  assert.equal(file.reads(), 1);
});

Deno.test("RecentRecords.find() keeps nothing of a read that failed", async () => {
  const recent = new RecentRecords();
  const file = fakeFile([entry("contact", 1)]);

  await assert.rejects(recent.find(PATH, () => Promise.reject(new Error("broken"))), /broken/);

  assert.deepEqual(await recent.find(PATH, file.read), entry("contact", 1));
});

Deno.test("RecentRecords holds a bounded number of records", async () => {
  const recent = new RecentRecords({ maxRecords: 3 });
  const file = fakeFile([]);

  for (const id of [1, 2, 3, 4, 4, 3, 2, 1]) await recent.find(["contact", id], file.read);

  assert.equal(file.reads(), 5);
});

Deno.test("RecentRecords refuses changes to what everybody shares, in tests", async () => {
  const recent = new RecentRecords({ isFrozen: true });
  const value = { tags: ["a"] };

  recent.write([set(PATH, value)]).landed("00000000000000000001");

  assert.throws(() => value.tags.push("b"), TypeError);
  await recent.find(PATH, () => Promise.reject(new Error("read")));
});

/** What one of many does at the same time. */
interface Step {
  readonly kind: "read" | "set" | "delete";
  readonly id: string;
  /** Of a commit: whether it is written, and whether its answer arrives. */
  readonly isWritten: boolean;
  readonly isAnswered: boolean;
}
const IDS = ["con_1", "con_2", "con_3"] as const;
const Steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom("read", "set", "delete"),
    id: fc.constantFrom(...IDS),
    isWritten: fc.boolean(),
    isAnswered: fc.boolean(),
  }),
  { minLength: 1, maxLength: 20 },
);

Deno.test("RecentRecords.find() never tells anything older than what had landed, whatever overlaps", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), Steps, async (scheduler, steps) => {
      const recent = new RecentRecords({ maxRecords: 2 });
      const file = new Map<string, Entry<unknown>>();
      /** The latest version of each record that is known to have landed. */
      const landed = new Map<string, number>();
      let version = 0;
      const pause = () => scheduler.schedule(Promise.resolve());

      async function read(id: string): Promise<void> {
        const atLeast = landed.get(id) ?? 0;
        const found = await recent.find(["contact", id], async () => {
          await pause();
          const state = file.get(id) ?? null;
          await pause();
          return state;
        });
        if (found !== null) assert.ok(Number(found.versionstamp) >= atLeast);
      }

      async function write({ kind, id, isWritten, isAnswered }: Step): Promise<void> {
        const path = ["contact", id];
        const writing = recent.write([
          kind === "set" ? set(path, "new") : { kind: "delete", path },
        ]);
        await pause();
        const mine = isWritten ? ++version : 0;
        const versionstamp = String(mine).padStart(20, "0");
        if (isWritten && kind === "delete") file.delete(id);
        if (isWritten && kind === "set") file.set(id, { path, value: "new", versionstamp });
        await pause();
        if (!isWritten || !isAnswered) return writing.failed();
        writing.landed(versionstamp);
        landed.set(id, Math.max(landed.get(id) ?? 0, mine));
      }

      const all = steps.map(async (step) => {
        await pause();
        return step.kind === "read" ? await read(step.id) : await write(step);
      });
      await scheduler.waitFor(Promise.all(all));

      for (const id of IDS) {
        const state = file.get(id) ?? null;
        assert.deepEqual(await recent.find(["contact", id], () => Promise.resolve(state)), state);
      }
    }),
    { numRuns: 500 },
  );
});

function entry(kind: string, version: number): Entry<unknown> {
  return {
    path: [kind, "con_1"],
    value: `${kind} ${version}`,
    versionstamp: String(version).padStart(20, "0"),
  };
}

function set(path: readonly string[], value: unknown): Write {
  return { kind: "set", path, value };
}

/** A file that counts what is read of it. */
function fakeFile(entries: readonly Entry<unknown>[]) {
  let reads = 0;
  return {
    reads: () => reads,
    read(path: Write["path"]) {
      reads++;
      return Promise.resolve(entries.find((one) => one.path.join() === path.join()) ?? null);
    },
  };
}
