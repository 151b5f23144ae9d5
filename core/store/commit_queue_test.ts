import assert from "node:assert/strict";
import fc from "fast-check";
import { CommitQueue } from "./commit_queue.ts";
import type { Applied, Batch, Check, Write } from "./types.ts";

Deno.test("CommitQueue writes together what was asked for during a commit", async () => {
  const file = fakeFile();
  const queue = new CommitQueue(file.commit);

  const all = ["a", "b", "c", "d"].map((name) => queue.apply(batch({ set: [name] })));
  const applied = await Promise.all(all);

  assert.deepEqual(file.commits(), [["a"], ["b", "c", "d"]]);
  assert.deepEqual(applied.map((one) => one.ok && Number(one.versionstamp)), [1, 2, 2, 2]);
});

Deno.test("CommitQueue keeps the changes of all that share a commit", async () => {
  const changes: number[] = [];
  const queue = new CommitQueue((one) => {
    changes.push(one.changes.length);
    return Promise.resolve({ ok: true, versionstamp: "1" });
  });

  await Promise.all(
    ["a", "b", "c"].map((name) => queue.apply({ ...batch({ set: [name] }), changes: [CHANGE] })),
  );

  assert.deepEqual(changes, [1, 2]);
});

Deno.test("CommitQueue gives batches with a key in common commits of their own, in the order asked", async () => {
  const file = fakeFile();
  const queue = new CommitQueue(file.commit);

  await Promise.all([
    queue.apply(batch({ set: ["first"] })),
    queue.apply(batch({ set: ["a"] })),
    queue.apply(batch({ set: ["a", "b"] })),
    // Would fit beside the first "a", but not before what waits for "b".
    queue.apply(batch({ set: ["b"] })),
    queue.apply(batch({ set: ["c"] })),
  ]);

  assert.deepEqual(file.commits(), [["first"], ["a", "c"], ["a", "b"], ["b"]]);
});

Deno.test("CommitQueue lets batches share a commit that check the same key, but not one that writes it after them", async () => {
  const file = fakeFile();
  const queue = new CommitQueue(file.commit);

  const applied = await Promise.all([
    queue.apply(batch({ set: ["first"] })),
    queue.apply(batch({ set: ["a"], check: { x: null } })),
    queue.apply(batch({ set: ["b"], check: { x: null } })),
    // Had it come along, both "a" and "x" would stand, each on the word that the other does not.
    queue.apply(batch({ set: ["x"], check: { a: null } })),
  ]);

  assert.deepEqual(file.commits(), [["first"], ["a", "b"]]);
  assert.deepEqual(applied.map(({ ok }) => ok), [true, true, true, false]);
});

Deno.test("CommitQueue tries each alone when one of them lost a check", async () => {
  const file = fakeFile();
  const queue = new CommitQueue(file.commit);

  const applied = await Promise.all([
    queue.apply(batch({ set: ["first"] })),
    queue.apply(batch({ set: ["a"] })),
    queue.apply(batch({ set: ["b"], check: { b: "00000000000000000099" } })),
    queue.apply(batch({ set: ["c"] })),
  ]);

  assert.deepEqual(applied.map(({ ok }) => ok), [true, true, false, true]);
  assert.deepEqual([...file.values.keys()], ["first", "a", "c"]);
});

Deno.test("CommitQueue lets nobody pay for a batch that no commit can hold", async () => {
  const file = fakeFile();
  const queue = new CommitQueue((one) => {
    if (one.writes.some(({ path }) => path[0] === "huge")) {
      throw new TypeError("Value too large (max 65536 bytes)");
    }
    return file.commit(one);
  });

  const applied = await Promise.allSettled(
    ["first", "a", "huge", "b"].map((name) => queue.apply(batch({ set: [name] }))),
  );

  assert.deepEqual(applied.map(({ status }) => status), [
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  assert.deepEqual([...file.values.keys()], ["first", "a", "b"]);
});

Deno.test("CommitQueue tells all that shared a commit when nobody knows what became of it, and goes on", async () => {
  const file = fakeFile();
  let isBroken = false;
  const queue = new CommitQueue((one) => {
    if (isBroken) throw new Error("answer lost");
    return file.commit(one);
  });

  const first = queue.apply(batch({ set: ["first"] }));
  isBroken = true;
  const lost = await Promise.allSettled([
    queue.apply(batch({ set: ["a"] })),
    queue.apply(batch({ set: ["b"] })),
  ]);
  isBroken = false;
  const later = await queue.apply(batch({ set: ["c"] }));

  assert.equal((await first).ok && later.ok, true);
  assert.deepEqual(lost.map(({ status }) => status), ["rejected", "rejected"]);
  assert.deepEqual([...file.values.keys()], ["first", "c"]);
});

Deno.test("CommitQueue gives large pieces a commit of their own, and a commit no more than it takes", async () => {
  const file = fakeFile();
  const queue = new CommitQueue(file.commit);
  const blob: Batch = {
    ...batch({}),
    writes: [{ kind: "set", path: ["blob"], value: new Uint8Array(60_000) }],
  };
  const wide = batch({ set: Array.from({ length: 150 }, (_, i) => `wide ${i}`) });
  const other = batch({ set: Array.from({ length: 150 }, (_, i) => `other ${i}`) });

  const small = ["a", "b", "c"].map((name) => batch({ set: [name] }));

  await Promise.all(
    [...small.slice(0, 2), blob, wide, other, ...small.slice(2)].map((one) => queue.apply(one)),
  );

  // The first begins at once; all that fits goes with the next.
  assert.deepEqual(file.commits().map((names) => names.length), [1, 152, 1, 150]);
});

Deno.test("CommitQueue counts every one of many increments once, whatever they share", async () => {
  const Increment = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(Increment, { maxLength: 40 }), async (increments) => {
      const file = fakeFile();
      const queue = new CommitQueue(file.commit);
      const expected = new Map<string, number>();

      await Promise.all(increments.map(async (names) => {
        while (true) {
          const before = names.map((name) => file.values.get(name));
          const applied = await queue.apply({
            ...batch({}),
            checks: names.map((name, i) => check(name, before[i]?.versionstamp ?? null)),
            writes: names.map((name, i) => write(name, Number(before[i]?.value ?? 0) + 1)),
          });
          if (applied.ok) break;
        }
        for (const name of names) expected.set(name, (expected.get(name) ?? 0) + 1);
      }));

      const counted = new Map([...file.values].map(([name, { value }]) => [name, value]));
      assert.deepEqual(sorted(counted), sorted(expected));
    }),
    { numRuns: 100 },
  );
});

const CHANGE = {
  type: "settings.changed",
  actor: { type: "system", id: null, name: "Parley" },
} as const;

function batch(
  { set = [], check: checks = {} }: {
    readonly set?: readonly string[];
    readonly check?: Readonly<Record<string, string | null>>;
  },
): Batch {
  return {
    checks: Object.entries(checks).map(([name, versionstamp]) => check(name, versionstamp)),
    writes: set.map((name) => write(name, 1)),
    changes: [],
    jobDueAt: null,
  };
}

function check(name: string, versionstamp: string | null): Check {
  return { path: [name], versionstamp };
}

function write(name: string, value: number): Write {
  return { kind: "set", path: [name], value };
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => a < b ? -1 : 1);
}

/** What Deno KV does, in memory: all checks first, then all writes, under one new version. */
function fakeFile() {
  const values = new Map<string, { readonly value: unknown; readonly versionstamp: string }>();
  const commits: string[][] = [];
  let version = 0;
  return {
    values,
    commits: () => commits,
    async commit({ checks, writes }: Batch): Promise<Applied> {
      await Promise.resolve();
      const holds = ({ path, versionstamp }: Check) =>
        (values.get(String(path[0]))?.versionstamp ?? null) === versionstamp;
      if (!checks.every(holds)) return { ok: false };
      const versionstamp = String(++version).padStart(20, "0");
      for (const one of writes) {
        if (one.kind === "set") values.set(String(one.path[0]), { value: one.value, versionstamp });
      }
      commits.push(writes.map(({ path }) => String(path[0])));
      return { ok: true, versionstamp };
    },
  };
}
