import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import { unclosableKv } from "../../tests/fakes/unclosable_kv.ts";
import { type Store, transact } from "../store/mod.ts";
import { formatCursor, Hub, type HubItem, LOG_START, trimLog } from "./mod.ts";

Deno.test("Hub.subscribe() says hello, then gives each commit once and in order", async () => {
  using test = await openHub();
  const subscription = subscribe(test.hub, null);
  const [hello] = await subscription.take(1);

  for (let n = 0; n < 5; n++) await emit(test.store, n);

  const items = await subscription.take(5);
  assert.deepEqual(hello, { kind: "hello", cursor: LOG_START });
  assert.deepEqual(items.map(numberOf), [0, 1, 2, 3, 4]);
  assert.equal(items.at(-1)?.cursor, test.store.lastLogVersion);
  await subscription.end();
});

Deno.test("Hub.subscribe() goes on after a cursor, without gap or duplicate", async () => {
  using test = await openHub({ ringSize: 3 });
  const cursors: string[] = [];
  for (let n = 0; n < 30; n++) {
    await emit(test.store, n);
    cursors.push(test.store.lastLogVersion);
  }

  for (const [n, cursor] of cursors.entries()) {
    const subscription = subscribe(test.hub, cursor);
    const items = await subscription.take(30 - n);
    assert.deepEqual(items.slice(1).map(numberOf), range(n + 1, 30));
    await subscription.end();
  }
});

Deno.test("Hub.subscribe() gives 20 subscribers, slow ones too, every one of 500 commits", async () => {
  using test = await openHub({ ringSize: 20 });
  const subscriptions = Array.from({ length: 20 }, () => subscribe(test.hub, LOG_START));
  const writers = Array.from({ length: 5 }, async (_, writer) => {
    for (let n = 0; n < 100; n++) await emit(test.store, writer * 100 + n);
  });

  const seen = await Promise.all(subscriptions.map(async (subscription, i) => {
    const numbers: number[] = [];
    while (numbers.length < 500) {
      const item = (await subscription.take(1))[0];
      if (item?.kind === "entry") numbers.push(...numbersOf(item));
      if (i % 2) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return numbers;
  }));
  await Promise.all(writers);

  for (const numbers of seen) {
    assert.equal(new Set(numbers).size, 500);
    assert.deepEqual(numbers, seen[0]);
  }
  for (const subscription of subscriptions) await subscription.end();
});

Deno.test("Hub.subscribe() repeats the changes of a commit that the cursor has not seen", async () => {
  using test = await openHub();
  await transact(test.store, (tx) => {
    for (const userId of ["usr_0", "usr_1", "usr_2"]) {
      tx.emit({ type: "access.changed", actor: SYSTEM, userId });
    }
    return Promise.resolve();
  });
  const version = test.store.lastLogVersion;
  await emit(test.store, 7);

  const middle = subscribe(test.hub, formatCursor(version, 0));
  const [, rest, next] = await middle.take(3);
  const last = subscribe(test.hub, formatCursor(version, 2));
  const [, afterLast] = await last.take(2);

  assert.deepEqual([rest?.kind, rest?.kind === "entry" && rest.seen], ["entry", 1]);
  assert.equal(numberOf(next), 7);
  assert.equal(numberOf(afterLast), 7);
  await middle.end();
  await last.end();
});

Deno.test("Hub.subscribe() resets a malformed cursor and one from the future, then goes on", async () => {
  using test = await openHub();
  await emit(test.store, 0);
  for (const cursor of ["", "nonsense", "1-2", "../..", "f".repeat(20), `${"f".repeat(20)}.3`]) {
    const subscription = subscribe(test.hub, cursor);
    await subscription.until((item) => item.kind === "reset");

    await emit(test.store, 1);

    await subscription.until((item) => item.cursor === test.store.lastLogVersion);
    await subscription.end();
  }
});

Deno.test("Hub.subscribe() resets a cursor that the log no longer reaches", async () => {
  using test = await openHub({ ringSize: 1 });
  await emit(test.store, 0);
  const old = test.store.lastLogVersion;
  for (let n = 1; n < 10; n++) await emit(test.store, n);
  await trimLog(test.store, { now: test.ports.clock.now(), followers: [], maxEntries: 3 });

  const subscription = subscribe(test.hub, old);
  const reset = await subscription.until((item) => item.kind === "reset");
  const fromStart = subscribe(test.hub, LOG_START);
  await fromStart.until((item) => item.kind === "reset");

  assert.equal(reset.cursor, test.store.lastLogVersion);
  await subscription.end();
  await fromStart.end();
});

Deno.test("Hub.subscribe() ends when its signal aborts and when the hub stops", async () => {
  using test = await openHub();
  const one = subscribe(test.hub, null);
  const two = subscribe(test.hub, null);
  await Promise.all([one.take(1), two.take(1)]);
  const ends = [one.next(), two.next()];

  one.abort();
  assert.deepEqual(await ends[0], { done: true, value: undefined });
  test.hub.stop();

  assert.deepEqual(await ends[1], { done: true, value: undefined });
});

Deno.test("Hub follows what another process commits, told by the watched head", async () => {
  const kv = await Deno.openKv(":memory:");
  {
    // Two processes as over KV Connect: neither has a lock, so both watch.
    const ports = fakePorts();
    const options = {
      path: "http://kv.test",
      openKv: () => Promise.resolve(unclosableKv(kv)),
      ports,
    };
    using one = await openTestStore(options);
    using two = await openTestStore(options);
    const hub = new Hub({ store: one.store, ports });
    const subscription = subscribe(hub, null);
    await subscription.take(1);

    for (let n = 0; n < 5; n++) {
      await emit(two.store, n);
      assert.equal(numberOf((await subscription.take(1))[0]), n);
    }

    await subscription.end();
    hub.stop();
  }
  kv.close();
});

Deno.test("Hub reads on after a read of the log failed", async () => {
  using test = await openTestStore();
  let failures = 1;
  const store = new Proxy(test.store, {
    get(target, name) {
      if (name === "readLog" && failures-- > 0) {
        return () => Promise.reject(new TypeError("connection reset"));
      }
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const hub = new Hub({ store, ports: test.ports });
  const subscription = subscribe(hub, null);
  await subscription.take(1);
  const next = subscription.take(1);
  while (test.ports.clock.nextAlarmAt === null) await new Promise((r) => setTimeout(r, 1));
  await emit(test.store, 1);

  test.ports.clock.advance(1_000);

  assert.equal(numberOf((await next)[0]), 1);
  assert.equal(test.ports.logs[0]?.event, "log read failed");
  await subscription.end();
  hub.stop();
});

const SYSTEM = { type: "system", id: null, name: "Parley" } as const;

async function openHub(options: { ringSize?: number } = {}) {
  const test = await openTestStore();
  const hub = new Hub({ ...test, ...options });
  await hub.start();
  return {
    ...test,
    hub,
    [Symbol.dispose]() {
      hub.stop();
      test[Symbol.dispose]();
    },
  };
}

function emit(store: Store, n: number): Promise<void> {
  return transact(
    store,
    (tx) => Promise.resolve(tx.emit({ type: "access.changed", actor: SYSTEM, userId: `usr_${n}` })),
  );
}

function numberOf(item: HubItem | undefined): number | undefined {
  return numbersOf(item)[0];
}

/** Of all commands that were written together. */
function numbersOf(item: HubItem | undefined): readonly number[] {
  const changes = item?.kind === "entry" ? item.entry.changes : [];
  return changes.map(({ userId }) => Number(userId?.slice("usr_".length)));
}

function subscribe(hub: Hub, cursor: string | null) {
  const controller = new AbortController();
  const items = hub.subscribe({ cursor, signal: controller.signal });
  const next = () => items.next();
  const takeOne = async () => {
    const { done, value } = await next();
    if (done) throw new Error("Cannot take: the subscription ended");
    return value;
  };
  return {
    next,
    abort: () => controller.abort(),
    async take(count: number) {
      const taken: HubItem[] = [];
      while (taken.length < count) taken.push(await takeOne());
      return taken;
    },
    async until(isIt: (item: HubItem) => boolean) {
      for (let i = 0; i < 10; i++) {
        const item = await takeOne();
        if (isIt(item)) return item;
      }
      throw new Error("Cannot find the item among the first 10");
    },
    async end() {
      controller.abort();
      await items.return();
    },
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
