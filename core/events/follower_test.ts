import assert from "node:assert/strict";
import { openTestStore } from "../../tests/fakes/store.ts";
import { keys, type LogItem, type Store, transact, type Tx } from "../store/mod.ts";
import { Follower, Hub, trimLog } from "./mod.ts";

Deno.test("Follower handles what is in the log and then what comes", async () => {
  await using test = await openFollower();
  await emit(test.store, 3);
  test.follower.start();
  await emit(test.store, 2);

  await until(async () => await test.store.get(SEEN) === 5);

  assert.equal(await test.store.get(keys.followerCursor("count")), test.store.lastLogVersion);
});

Deno.test("Follower goes on where the commit of its effect left it", async () => {
  await using test = await openFollower();
  await emit(test.store, 150);

  assert.equal(await test.follower.drain(), 150);
  assert.equal(await test.newFollower().drain(), 0);
  await emit(test.store, 1);
  assert.equal(await test.newFollower().drain(), 1);

  assert.equal(await test.store.get(SEEN), 151);
});

Deno.test("Follower does not write down what nothing follows from, but every hundred entries", async () => {
  let isIdle = true;
  await using test = await openFollower({
    handle: async (tx, items) => {
      if (isIdle) return false;
      await count(tx, items);
    },
  });
  const place = () => test.store.get(keys.followerCursor("count"));
  await emit(test.store, 99);
  assert.equal(await test.follower.drain(), 99);
  assert.equal(await test.follower.drain(), 0, "they are read once all the same");
  assert.equal(await place(), null);
  await emit(test.store, 1);
  assert.equal(await test.follower.drain(), 1);
  assert.equal(await place(), test.store.lastLogVersion);

  await emit(test.store, 3);
  assert.equal(await test.follower.drain(), 3);
  isIdle = false;
  await emit(test.store, 2);
  assert.equal(await test.follower.drain(), 2);
  assert.equal(await test.store.get(SEEN), 2, "what was passed is not counted later");
  assert.equal(await place(), test.store.lastLogVersion);
});

Deno.test("two Followers of one name count every entry once", async () => {
  await using test = await openFollower();
  const other = test.newFollower(10);
  await emit(test.store, 200);

  const counts = await Promise.all([test.follower.drain(), other.drain()]);

  assert.equal(await test.store.get(SEEN), 200);
  assert.equal(counts[0] + counts[1], 200);
});

Deno.test("Follower takes fewer entries when their effect does not fit one commit", async () => {
  await using test = await openFollower({
    handle: (tx, items) => {
      for (const { versionstamp } of items) {
        for (let i = 0; i < 30; i++) tx.set(keys.quota(versionstamp, String(i)), 1);
      }
      return Promise.resolve();
    },
  });
  await emit(test.store, 100);

  assert.equal(await test.follower.drain(), 100);

  for (const { versionstamp } of await test.store.readLog("", 100)) {
    assert.equal(await test.store.get(keys.quota(versionstamp, "29")), 1);
  }
});

Deno.test("Follower tries again, later each time, when its work throws", async () => {
  let failures = 2;
  await using test = await openFollower({
    handle: async (tx, items) => {
      if (failures-- > 0) throw new Error("no luck");
      await count(tx, items);
    },
  });
  await emit(test.store, 1);
  test.follower.start();
  await until(() => test.ports.logs.length === 1);
  test.ports.clock.advance(1_000);
  await until(() => test.ports.logs.length === 2);
  test.ports.clock.advance(2_000);

  await until(async () => await test.store.get(SEEN) === 1);

  assert.deepEqual(test.ports.logs.map(({ fields }) => fields.waitMs), [1_000, 2_000]);
});

Deno.test("trimLog() keeps 72 h, and nothing a follower has yet to read is lost", async () => {
  await using test = await openFollower();
  await emit(test.store, 5);
  await test.follower.drain();
  await emit(test.store, 5);
  test.ports.clock.advance(72 * 3_600_000 + 1);
  await emit(test.store, 5);
  const now = test.ports.clock.now();

  assert.equal(await trimLog(test.store, { now, followers: ["count"] }), 5);
  assert.equal(await trimLog(test.store, { now, followers: ["count", "unborn"] }), 0);
  await test.follower.drain();
  assert.equal(await trimLog(test.store, { now, followers: ["count"] }), 5);

  assert.equal(await test.store.get(SEEN), 15);
  assert.equal((await test.store.readLog("", 100)).length, 5);
});

Deno.test("trimLog() goes on counting where it was, and two at once delete nothing twice", async () => {
  await using test = await openFollower();
  const now = test.ports.clock.now();
  const options = { now, followers: [], maxEntries: 600 };
  await emit(test.store, 550);
  assert.equal(await trimLog(test.store, options), 0);
  assert.equal((await test.store.get(keys.logTally()))?.count, 550);
  await emit(test.store, 100);

  const counts = await Promise.all([trimLog(test.store, options), trimLog(test.store, options)]);

  assert.equal(counts[0] + counts[1], 50);
  assert.equal((await test.store.readLog("", 1_000)).length, 600);
  assert.equal((await test.store.get(keys.logTally()))?.count, 600);
});

Deno.test("trimLog() keeps no more entries than it is told", async () => {
  await using test = await openFollower();
  await emit(test.store, 300);

  const count = await trimLog(test.store, {
    now: test.ports.clock.now(),
    followers: [],
    maxEntries: 10,
  });

  const kept = await test.store.readLog("", 100);
  assert.equal(count, 290);
  assert.equal(kept.length, 10);
  assert.equal(kept.at(-1)?.versionstamp, test.store.lastLogVersion);
});

const SEEN = keys.quota("follower", "seen");

async function count(tx: Tx, items: readonly LogItem[]): Promise<void> {
  tx.set(SEEN, (await tx.get(SEEN) ?? 0) + items.length);
}

async function openFollower(
  options: { handle?: (tx: Tx, items: readonly LogItem[]) => Promise<void | boolean> } = {},
) {
  const test = await openTestStore();
  const hub = new Hub(test);
  await hub.start();
  const newFollower = (maxEntries?: number) =>
    new Follower({
      ...test,
      hub,
      name: "count",
      handle: options.handle ?? count,
      ...(maxEntries === undefined ? {} : { maxEntries }),
    });
  const follower = newFollower();
  return {
    store: test.store,
    ports: test.ports,
    follower,
    newFollower,
    async [Symbol.asyncDispose]() {
      await follower.stop();
      hub.stop();
      test[Symbol.dispose]();
    },
  };
}

async function emit(store: Store, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await transact(store, (tx) =>
      Promise.resolve(tx.emit({
        type: "settings.changed",
        actor: { type: "system", id: null, name: "Parley" },
      })));
  }
}

/** Bounded polling. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error("Cannot go on: it did not become true within 1 s");
}
