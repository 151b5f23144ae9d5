/** The live table and the stored orders equal a rebuild, whatever ran at the same time. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { donePlace } from "../../core/conversations/put.ts";
import { Hub, LiveTable } from "../../core/events/mod.ts";
import { type Conversation, isLive } from "../../core/model/conversation.ts";
import { keys, type Store, transact } from "../../core/store/mod.ts";
import { fakePorts } from "../fakes/ports.ts";
import { openTestStore } from "../fakes/store.ts";
import { unclosableKv } from "../fakes/unclosable_kv.ts";
import { type Command, runCommand } from "./conversation_commands.ts";

const Id = fc.constantFrom("cnv_1", "cnv_2", "cnv_3", "cnv_4");
const InboxId = fc.constantFrom("inb_1", "inb_2");
const Steps: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant("create" as const), id: Id, inboxId: InboxId }),
  fc.record({
    kind: fc.constant("status" as const),
    id: Id,
    status: fc.constantFrom("open" as const, "snoozed", "closed", "spam", "trash"),
  }),
  fc.record({ kind: fc.constant("move" as const), id: Id, inboxId: InboxId }),
  fc.record({ kind: fc.constant("message" as const), id: Id }),
  fc.record({
    kind: fc.constant("contact" as const),
    id: Id,
    contactId: fc.constantFrom("con_1", "con_2"),
  }),
);

Deno.test("live table and stored orders equal a rebuild after any interleaving", async () => {
  await fc.assert(
    fc.asyncProperty(
      // Rounds of commands that run at once; the clock moves between them.
      fc.array(fc.array(Steps, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 3 }),
      async (rounds, loadAfter) => {
        using test = await openProcesses();
        for (const [i, round] of rounds.entries()) {
          if (i === Math.min(loadAfter, rounds.length - 1)) test.start();
          await Promise.all(
            round.map((command, n) => runCommand(n % 3 === 0 ? test.two : test.one, command)),
          );
          test.ports.clock.advance(1_000);
        }
        // The second process's commits are announced by a commit of the first.
        await announce(test.one);
        await test.live.settled();

        await assertEqualsRebuild(test.one, test.live);
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("a hundred messages at once on one conversation lose none", async () => {
  using test = await openProcesses();
  test.start();
  await runCommand(test.one, { kind: "create", id: "cnv_1", inboxId: "inb_1" });

  const done = await Promise.all(
    Array.from({ length: 100 }, () => runCommand(test.one, { kind: "message", id: "cnv_1" })),
  );
  await test.live.settled();

  const stored = await test.one.get(keys.conversation("cnv_1"));
  const seqs = await Array.fromAsync(
    Array.from({ length: 100 }, (_, i) => test.one.get(keys.dedupe("chn_1", `cnv_1 ${i + 1}`))),
  );
  assert.ok(done.every(Boolean));
  assert.deepEqual([stored?.lastSeq, stored?.version], [100, 100]);
  const places = seqs.map((record) => record !== null && "seq" in record ? record.seq : null);
  assert.deepEqual(places, Array.from({ length: 100 }, (_, i) => i + 1));
  assert.deepEqual(test.live.get("cnv_1"), stored);
});

Deno.test("twenty messages at once from two processes on one conversation lose none", async () => {
  using test = await openProcesses();
  await runCommand(test.one, { kind: "create", id: "cnv_1", inboxId: "inb_1" });

  await Promise.all(
    Array.from(
      { length: 20 },
      (_, i) => runCommand(i % 2 ? test.one : test.two, { kind: "message", id: "cnv_1" }),
    ),
  );

  const stored = await test.one.get(keys.conversation("cnv_1"));
  assert.deepEqual([stored?.lastSeq, stored?.version], [20, 20]);
});

/** Two processes on one database; the first one has the live table. */
async function openProcesses() {
  const kv = await Deno.openKv(":memory:");
  const ports = fakePorts();
  const openKv = () => Promise.resolve(unclosableKv(kv));
  const one = await openTestStore({ path: "shared", openKv, ports });
  const two = await openTestStore({ path: "shared", openKv, ports });
  const hub = new Hub({ store: one.store, ports });
  const live = new LiveTable({ store: one.store, hub, ports });
  return {
    one: one.store,
    two: two.store,
    ports,
    live,
    start() {
      void hub.start();
      live.start();
    },
    [Symbol.dispose]() {
      live.stop();
      hub.stop();
      one[Symbol.dispose]();
      two[Symbol.dispose]();
      kv.close();
    },
  };
}

async function announce(store: Store): Promise<void> {
  await transact(store, (tx) =>
    Promise.resolve(tx.emit({
      type: "settings.changed",
      actor: { type: "system", id: null, name: "Parley" },
    })));
}

async function assertEqualsRebuild(store: Store, live: LiveTable): Promise<void> {
  const all = await values(store, keys.conversations());
  const expected = all.filter((row) => isLive(row.status));
  const byInbox = ["inb_1", "inb_2"].flatMap((id) => [...live.rowsOf(id)]);
  assert.deepEqual(sorted(live.rows()), sorted(expected));
  assert.deepEqual(sorted(byInbox), sorted(expected));
  assert.equal(live.size, expected.length);
  assert.deepEqual(sorted(await values(store, keys.liveConversations())), sorted(expected));

  for (const inboxId of ["inb_1", "inb_2"]) {
    for (const status of ["closed", "spam", "trash"] as const) {
      const found = await Array.fromAsync(store.list(keys.doneOfInbox(status, inboxId)));
      const places = all.filter((row) => row.status === status && row.inboxId === inboxId)
        .map((row) => ["done", ...(donePlace(row) ?? [])]);
      assert.deepEqual(paths(found), paths(places.map((path) => ({ path }))));
    }
  }
  for (const contactId of ["con_1", "con_2"]) {
    const found = await Array.fromAsync(store.list(keys.conversationsOfContact(contactId)));
    const mine = all.filter((row) => row.contactId === contactId)
      .map(({ createdAt, id }) => ({ path: ["contact_conversation", contactId, createdAt, id] }));
    assert.deepEqual(paths(found), paths(mine));
  }
}

async function values<T>(store: Store, range: Parameters<typeof store.list<T>>[0]): Promise<T[]> {
  return (await Array.fromAsync(store.list(range))).map(({ value }) => value);
}

function sorted(rows: Iterable<Conversation>): Conversation[] {
  return [...rows].toSorted((a, b) => a.id < b.id ? -1 : 1);
}

function paths(entries: readonly { readonly path: readonly unknown[] }[]): string[] {
  return entries.map(({ path }) => JSON.stringify(path)).toSorted();
}
