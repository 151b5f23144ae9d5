import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import { unclosableKv } from "../../tests/fakes/unclosable_kv.ts";
import { err, ok, type Result } from "../result.ts";
import type { Inbox } from "../model/inbox.ts";
import { type Commit, keys, type Store, transact } from "./mod.ts";

Deno.test("transact() writes records, the log entry and the job in one commit", async () => {
  using test = await openTestStore();
  const commits: Commit[] = [];
  test.store.onCommit((commit) => void commits.push(commit));

  const ref = await transact(test.store, (tx) => {
    tx.set(keys.inbox("inb_1"), inbox("inb_1"));
    tx.emit({ type: "settings.changed", actor: SYSTEM, inboxId: "inb_1" });
    return Promise.resolve(tx.job({ kind: "greet", payload: { n: 1 }, dueAt: tx.now + 5 }));
  });

  const log = await test.store.readLog("", 10);
  assert.deepEqual(await test.store.get(keys.inbox("inb_1")), inbox("inb_1"));
  assert.deepEqual(log.map(({ entry }) => entry.changes.map(({ type }) => type)), [[
    "settings.changed",
  ]]);
  assert.equal(log[0]?.versionstamp, test.store.lastLogVersion);
  assert.equal((await test.store.get(keys.job(ref.dueAt, ref.id)))?.kind, "greet");
  assert.deepEqual(commits, [{
    log: test.store.lastLogVersion,
    changes: [{ type: "settings.changed", actor: SYSTEM, inboxId: "inb_1" }],
    jobDueAt: ref.dueAt,
  }]);
});

Deno.test("transact() commits nothing when the work returns a failed Result", async () => {
  using test = await openTestStore();

  const result = await transact(test.store, (tx): Promise<Result<number, "no">> => {
    tx.set(keys.inbox("inb_1"), inbox("inb_1"));
    return Promise.resolve(err("no"));
  });

  assert.deepEqual(result, err("no"));
  assert.equal(await test.store.get(keys.inbox("inb_1")), null);
});

Deno.test("transact() writes no command when the work only read", async () => {
  using test = await openTestStore();
  let commits = 0;
  test.store.onCommit(() => commits++);

  assert.equal(await transact(test.store, (tx) => tx.get(keys.inbox("inb_1"))), null);
  assert.equal(commits, 0);
});

Deno.test("transact() runs the work again when what it read with get changed", async () => {
  using test = await openTestStore();
  let runs = 0;

  await transact(test.store, async (tx) => {
    const count = await tx.get(keys.quota("chn_1", "day")) ?? 0;
    if (++runs === 1) await setQuota(test.store, 10);
    tx.set(keys.quota("chn_1", "day"), count + 1);
  });

  assert.equal(runs, 2);
  assert.equal(await test.store.get(keys.quota("chn_1", "day")), 11);
});

Deno.test("transact() does not run again for what it read without a check", async () => {
  using test = await openTestStore();
  let runs = 0;

  await transact(test.store, async (tx) => {
    await tx.read(keys.quota("chn_1", "day"));
    if (++runs === 1) await setQuota(test.store, 10);
    tx.set(keys.quota("chn_1", "other"), 1);
  });

  assert.equal(runs, 1);
});

Deno.test("transact() lets one of twenty inserts of a key win, the others see it", async () => {
  using test = await openTestStore();

  const results = await Promise.all(
    Array.from(
      { length: 20 },
      (_, i) =>
        transact(test.store, async (tx): Promise<Result<number, string>> => {
          const holder = await tx.read(keys.userByEmail("a@example.com"));
          if (holder !== null) return err(holder);
          tx.insert(keys.userByEmail("a@example.com"), `usr_${i}`);
          return ok(i);
        }),
    ),
  );

  const winners = results.filter((result) => result.ok);
  const holder = await test.store.get(keys.userByEmail("a@example.com"));
  assert.equal(winners.length, 1);
  assert.equal(holder, `usr_${winners[0]?.value}`);
  assert.ok(results.every((result) => result.ok || result.error === holder));
});

Deno.test("transact() runs a hundred commands of one queue without losing a check", async () => {
  using test = await openTestStore();
  let runs = 0;

  await Promise.all(Array.from({ length: 100 }, () =>
    transact(test.store, async (tx) => {
      runs++;
      tx.set(keys.quota("chn_1", "day"), (await tx.get(keys.quota("chn_1", "day")) ?? 0) + 1);
    }, { queue: "chn_1" })));

  assert.equal(runs, 100);
  assert.equal(await test.store.get(keys.quota("chn_1", "day")), 100);
});

Deno.test("transact() gives up after 5 lost commits in a row", async () => {
  using test = await openTestStore();
  let runs = 0;

  const lost = transact(test.store, async (tx) => {
    await tx.get(keys.quota("chn_1", "day"));
    await setQuota(test.store, ++runs);
    tx.set(keys.quota("chn_1", "day"), 0);
  });

  await assert.rejects(lost, /^Error: Cannot commit command "cmd_\d+": lost 5 times in a row$/);
  assert.equal(runs, 5);
});

Deno.test("transact() refuses more than 10 checks", async () => {
  using test = await openTestStore();

  const tooMany = transact(test.store, async (tx) => {
    for (let i = 0; i <= 10; i++) await tx.get(keys.inbox(`inb_${i}`));
    tx.set(keys.inbox("inb_1"), inbox("inb_1"));
  });

  await assert.rejects(tooMany, /over 10 checks/);
});

Deno.test("transact() counts two reads of one key as one check of one state", async () => {
  using test = await openTestStore();

  const [first, second] = await transact(test.store, async (tx) => {
    const before = await tx.get(keys.quota("chn_1", "day"));
    await setQuota(test.store, 7);
    return [before, await tx.get(keys.quota("chn_1", "day"))];
  });

  assert.deepEqual([first, second], [null, null]);
});

Deno.test("transact() refuses a tx that is used after its work has ended", async () => {
  using test = await openTestStore();
  let kept: (() => void) | undefined;

  await transact(test.store, (tx) => {
    kept = () => tx.set(keys.inbox("inb_1"), inbox("inb_1"));
    return Promise.resolve();
  });

  assert.throws(() => kept?.(), /its work has ended/);
});

Deno.test("transact() does not apply a commit twice whose answer was lost", async () => {
  for (const isWritten of [true, false]) {
    const faulty = faultyKv({ isWritten, times: 1 });
    using test = await openTestStore({ openKv: faulty.openKv });
    faulty.arm();
    let runs = 0;

    const value = await transact(test.store, async (tx) => {
      runs++;
      tx.set(keys.quota("chn_1", "day"), (await tx.get(keys.quota("chn_1", "day")) ?? 0) + 1);
      tx.emit({ type: "settings.changed", actor: SYSTEM });
      return `run ${runs}`;
    });

    assert.equal(value, isWritten ? "run 1" : "run 2");
    assert.equal(runs, isWritten ? 1 : 2);
    assert.equal(await test.store.get(keys.quota("chn_1", "day")), 1);
    assert.equal((await test.store.readLog("", 10)).length, 1);
  }
});

Deno.test("transact() keeps the reason when the store stays broken", async () => {
  const faulty = faultyKv({ isWritten: false, times: Infinity });
  using test = await openTestStore({ openKv: faulty.openKv });
  faulty.arm();

  const broken = transact(test.store, (tx) => Promise.resolve(tx.set(keys.quota("c", "d"), 1)));

  await assert.rejects(broken, (error: Error) => {
    assert.match(error.message, /lost 5 times in a row/);
    assert.match(String(error.cause), /connection reset/);
    return true;
  });
});

Deno.test("transact() runs a command of a given id once", async () => {
  using test = await openTestStore();
  const run = () =>
    transact(test.store, (tx) => Promise.resolve(tx.set(keys.quota("c", "d"), 1)), {
      command: "cmd_given",
    });

  await run();

  await assert.rejects(run(), /"cmd_given": it is already committed/);
});

Deno.test("transact() refuses at once what every platform would refuse", async () => {
  for (const strict of [true, false]) {
    using test = await openTestStore({ strict });
    let runs = 0;

    const refused = transact(test.store, (tx) => {
      runs++;
      return Promise.resolve(tx.set(keys.userByEmail("a"), "x".repeat(70_000)));
    });

    await assert.rejects(refused, /65536|at most/);
    assert.equal(runs, 1);
  }
});

Deno.test("nextNumber() counts up without a duplicate over two processes", async () => {
  const kv = await Deno.openKv(":memory:");
  const shared = () => Promise.resolve(unclosableKv(kv));
  using one = await openTestStore({ openKv: shared });
  using two = await openTestStore({ openKv: shared, ports: fakePorts({ seed: 2 }) });

  const numbers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => (i % 2 ? one : two).store.nextNumber("conversation")),
  );

  assert.equal(new Set(numbers).size, 100);
  assert.equal(Math.min(...numbers), 1);
  assert.ok(Math.max(...numbers) <= 120);
  kv.close();
});

const SYSTEM = { type: "system", id: null, name: "Parley" } as const;

function inbox(id: string): Inbox {
  return { id, name: "Support", memberIds: [], teamIds: [], createdAt: 1, updatedAt: 1 };
}

async function setQuota(store: Store, value: number): Promise<void> {
  await transact(store, (tx) => Promise.resolve(tx.set(keys.quota("chn_1", "day"), value)));
}

/** A KV whose commits throw once armed, after or instead of writing. */
function faultyKv(options: { isWritten: boolean; times: number }) {
  let left = 0;
  const openKv = async (path?: string): Promise<Deno.Kv> => {
    const kv = await Deno.openKv(path);
    return new Proxy(kv, {
      get(target, name) {
        if (name === "atomic") return () => faultyOperation(target.atomic());
        const value = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };
  return { openKv, arm: () => void (left = options.times) };

  function faultyOperation(operation: Deno.AtomicOperation): Deno.AtomicOperation {
    const commit = operation.commit.bind(operation);
    operation.commit = async () => {
      if (left-- <= 0) return await commit();
      if (options.isWritten) await commit();
      throw new TypeError("connection reset");
    };
    return operation;
  }
}

Deno.test("transact() reads a key once, however often the work asks, and still checks it", async () => {
  using test = await openTestStore();
  const { store } = test;
  await transact(store, (tx) => {
    tx.set(keys.quota("chn_1", "day"), 1);
    return Promise.resolve();
  });
  let reads = 0;
  const getEntry = store.getEntry.bind(store);
  store.getEntry = (key) => {
    reads++;
    return getEntry(key);
  };
  let runs = 0;

  const sum = await transact(store, async (tx) => {
    runs++;
    const key = keys.quota("chn_1", "day");
    const unchecked = await tx.read(key);
    if (runs === 1) {
      await store.apply({
        checks: [],
        writes: [{ kind: "set", path: key.path, value: 2 }],
        changes: [],
        jobDueAt: null,
      });
    }
    const checked = await tx.get(key);
    tx.set(key, 10);
    return (unchecked ?? 0) + (checked ?? 0);
  });

  assert.equal(sum, 4, "the first run was lost, the second read the new value");
  assert.equal(runs, 2);
  assert.equal(reads, 2, "once in each run");
});
