import assert from "node:assert/strict";
import { openTestStore } from "../../tests/fakes/store.ts";
import { newConversation, runCommand } from "../../tests/store/conversation_commands.ts";
import { keys, type Store } from "../store/mod.ts";
import { Hub, type LiveChange, LiveTable, trimLog } from "./mod.ts";

Deno.test("LiveTable holds what is open or snoozed, from before its start and after", async () => {
  using test = await openTable();
  await runCommand(test.store, { kind: "create", id: "cnv_1", inboxId: "inb_1" });
  test.live.start();
  await test.live.settled();
  assert.deepEqual([...test.live.rows()].map(({ id }) => id), ["cnv_1"]);

  await runCommand(test.store, { kind: "create", id: "cnv_2", inboxId: "inb_1" });
  await runCommand(test.store, { kind: "status", id: "cnv_2", status: "snoozed" });
  await runCommand(test.store, { kind: "status", id: "cnv_1", status: "closed" });
  await test.live.settled();

  assert.deepEqual([...test.live.rows()].map(({ id }) => id), ["cnv_2"]);
  assert.equal(test.live.get("cnv_1"), null);
});

Deno.test("LiveTable moves a row to its new inbox", async () => {
  using test = await openTable();
  test.live.start();
  await runCommand(test.store, { kind: "create", id: "cnv_1", inboxId: "inb_1" });
  await test.live.settled();

  await runCommand(test.store, { kind: "move", id: "cnv_1", inboxId: "inb_2" });
  await test.live.settled();

  assert.equal([...test.live.rowsOf("inb_1")].length, 0);
  assert.equal([...test.live.rowsOf("inb_2")].length, 1);
});

Deno.test("LiveTable.onChange() tells what a row was and is", async () => {
  using test = await openTable();
  test.live.start();
  await test.live.ready;
  const changes: LiveChange[] = [];
  const end = test.live.onChange((batch) => void changes.push(...batch));

  await runCommand(test.store, { kind: "create", id: "cnv_1", inboxId: "inb_1" });
  await test.live.settled();
  await runCommand(test.store, { kind: "status", id: "cnv_1", status: "closed" });
  await test.live.settled();
  end();
  await runCommand(test.store, { kind: "status", id: "cnv_1", status: "open" });
  await test.live.settled();

  assert.deepEqual(
    changes.map(({ id, before, after }) => [id, before?.status, after?.status]),
    [["cnv_1", undefined, "open"], ["cnv_1", "open", undefined]],
  );
});

Deno.test("LiveTable.settled() waits for the load and for the latest commit", async () => {
  using test = await openTable();
  test.live.start();
  for (let i = 0; i < 50; i++) {
    await runCommand(test.store, { kind: "create", id: `cnv_${i}`, inboxId: "inb_1" });
    await test.live.settled();
    assert.equal(test.live.size, i + 1);
  }
});

Deno.test("LiveTable loads anew when the log was cut while it was behind", async () => {
  using test = await openTestStore();
  const gate = Promise.withResolvers<void>();
  const waiting = Promise.withResolvers<void>();
  const store = withFault(test.store, "getMany", async () => {
    waiting.resolve();
    await gate.promise;
  });
  const hub = new Hub({ ...test, ringSize: 1 });
  const live = new LiveTable({ ...test, store, hub });
  live.start();
  await live.ready;
  for (let i = 0; i < 10; i++) {
    await runCommand(test.store, { kind: "create", id: `cnv_${i}`, inboxId: "inb_1" });
    if (i === 0) await waiting.promise;
  }
  await trimLog(test.store, { now: test.ports.clock.now(), followers: [], maxEntries: 2 });
  gate.resolve();
  await live.settled();

  assert.equal(live.size, 10);
  live.stop();
  hub.stop();
});

Deno.test("LiveTable starts again when the store failed", async () => {
  using test = await openTestStore();
  await runCommand(test.store, { kind: "create", id: "cnv_1", inboxId: "inb_1" });
  const store = withFault(test.store, "list", () => {
    throw new TypeError("connection reset");
  });
  const hub = new Hub({ store: test.store, ports: test.ports });
  const live = new LiveTable({ store, hub, ports: test.ports });
  live.start();
  while (test.ports.clock.nextAlarmAt === null) await new Promise((r) => setTimeout(r, 1));

  test.ports.clock.advance(1_000);
  await live.settled();

  assert.equal(live.size, 1);
  assert.equal(test.ports.logs[0]?.event, "live table failed");
  live.stop();
  hub.stop();
});

Deno.test("LiveTable loads 5,000 rows without holding up a commit", async () => {
  using test = await openTable();
  for (let i = 0; i < 10; i++) {
    await test.store.apply({
      checks: [],
      writes: Array.from({ length: 500 }, (_, n) => {
        const id = `cnv_${String(i * 500 + n).padStart(6, "0")}`;
        return {
          kind: "set",
          path: keys.liveConversation(id).path,
          value: newConversation(id, "inb_9", 1),
        };
      }),
      changes: [],
      jobDueAt: null,
    });
  }

  test.live.start();
  await runCommand(test.store, { kind: "create", id: "cnv_new", inboxId: "inb_1" });
  await test.live.settled();

  assert.equal(test.live.size, 5_001);
  assert.equal([...test.live.rowsOf("inb_9")].length, 5_000);
});

/** The first call of a method meets a fault before it goes on. */
function withFault(store: Store, method: string, fault: () => void | Promise<void>): Store {
  let isFirst = true;
  return new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== method) return value.bind(target);
      return (...args: unknown[]) => {
        const wasFirst = isFirst;
        isFirst = false;
        const pending = wasFirst ? fault() : undefined;
        return pending ? pending.then(() => value.apply(target, args)) : value.apply(target, args);
      };
    },
  });
}

async function openTable() {
  const test = await openTestStore();
  const hub = new Hub(test);
  const live = new LiveTable({ ...test, hub });
  return {
    ...test,
    hub,
    live,
    [Symbol.dispose]() {
      live.stop();
      hub.stop();
      test[Symbol.dispose]();
    },
  };
}
