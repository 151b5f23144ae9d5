import assert from "node:assert/strict";
import fc from "fast-check";
import { filter, filterRow } from "../../tests/fakes/filter_arbitrary.ts";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Principal } from "../access/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import { isLive } from "../model/conversation.ts";
import { matcherOf, statusesOf } from "../model/match_filter.ts";
import type { ViewFilter } from "../model/view_filter.ts";
import { keys, transact } from "../store/mod.ts";
import { putPersonal } from "../personal/mod.ts";
import { putConversation } from "./put.ts";
import { comparePositions, positionOf, type Sort } from "./select.ts";

const SORTS: readonly Sort[] = ["newest", "oldest", "waiting", "priority", "sla"];
const EVERYONE = { kind: "everyone" } as const;

interface Filled {
  readonly inbox: TestInbox;
  readonly rows: readonly Conversation[];
  /** Sees inb_1, not inb_2. */
  readonly agent: Extract<Principal, { type: "user" }>;
}

/** Conversations in two inboxes, as they are stored. */
async function fill(given: readonly Omit<Conversation, "id">[]): Promise<Filled> {
  const inbox = await openTestInbox();
  const rows = given.map((row, n) => ({ ...row, id: `cnv_${n}` }));
  await transact(inbox.store, (tx) => {
    for (const id of ["inb_1", "inb_2"]) {
      const times = { createdAt: 1, updatedAt: 1 };
      tx.set(keys.inbox(id), { id, name: id, memberIds: [], teamIds: [], ...times });
    }
    return Promise.resolve();
  });
  // A commit inserts ten records at most.
  for (let n = 0; n < rows.length; n += 8) {
    await transact(inbox.store, (tx) => {
      for (const row of rows.slice(n, n + 8)) {
        putConversation(tx, null, row);
        tx.emit({
          type: "conversation.created",
          actor: { type: "system", id: null, name: "Test" },
          conversationId: row.id,
          inboxId: row.inboxId,
        });
      }
      return Promise.resolve();
    });
  }
  const user = { ...inbox.agent.user, id: "usr_me" };
  return { inbox, rows, agent: { ...inbox.agent, user, inboxIds: new Set(["inb_1"]) } };
}

/** All pages of a list. */
async function walk(
  { inbox, agent }: Filled,
  query: { readonly filter: ViewFilter; readonly sort: Sort; readonly limit: number },
): Promise<readonly string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = valueOf(await inbox.core.conversations.list(agent, { ...query, cursor }));
    assert.ok(page.items.length <= query.limit);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return seen;
}

function naive({ inbox, rows, agent }: Filled, given: ViewFilter): readonly Conversation[] {
  const matches = matcherOf(given);
  const now = inbox.ports.clock.now();
  const context = { userId: agent.user.id, now, isUnread: () => true };
  return rows.filter((row) => row.inboxId === "inb_1" && matches(row, context));
}

Deno.test("list() pages through exactly what a filter over all rows finds, in the order asked for", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(filterRow, { minLength: 1, maxLength: 25 }),
      fc.array(filter, { minLength: 4, maxLength: 8 }),
      fc.constantFrom(...SORTS),
      fc.integer({ min: 1, max: 9 }),
      async (given, filters, sort, limit) => {
        const world = await fill(given);
        await using _ = world.inbox;

        for (const one of filters) {
          const seen = await walk(world, { filter: one, sort, limit });

          const expected = naive(world, one);
          assert.equal(new Set(seen).size, seen.length);
          assert.deepEqual([...seen].sort(), expected.map(({ id }) => id).sort());
          if (!statusesOf(one).every(isLive)) continue;
          const sorted = expected.toSorted((a, b) =>
            comparePositions(positionOf(a, sort), positionOf(b, sort))
          );
          assert.deepEqual(seen, sorted.map(({ id }) => id));
        }
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
});

Deno.test("list() mixes open and closed ones by when they last changed hands", async () => {
  const [sample] = fc.sample(filterRow, 1);
  const row = (status: Conversation["status"], at: number) => ({
    ...sample!,
    inboxId: "inb_1",
    status,
    statusAt: at,
    lastMessageAt: status === "open" ? at : 1,
  });
  const world = await fill([row("open", 50), row("closed", 60), row("spam", 40), row("open", 70)]);
  await using _ = world.inbox;
  const everything: ViewFilter = { all: [{ field: "status", is: "none", value: ["trash"] }] };

  const newest = await walk(world, { filter: everything, sort: "newest", limit: 1 });
  const oldest = await walk(world, { filter: everything, sort: "oldest", limit: 2 });

  assert.deepEqual(newest, ["cnv_3", "cnv_1", "cnv_0", "cnv_2"]);
  assert.deepEqual(oldest, ["cnv_2", "cnv_0", "cnv_1", "cnv_3"]);
});

Deno.test("counts() of saved views follow every change, for each caller by their own rights", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(filterRow, { minLength: 5, maxLength: 20 }),
      fc.array(filter, { minLength: 3, maxLength: 6 }),
      fc.array(fc.record({ n: fc.nat(19), row: filterRow, hours: fc.nat(30) }), { maxLength: 6 }),
      async (given, filters, changes) => {
        const world = await fill(given);
        await using inbox = world.inbox;
        const { agent } = world;
        const views = await Promise.all(
          filters.map(async (one, n) =>
            valueOf(
              await inbox.core.views.create(agent, {
                name: `${n}`,
                filter: one,
                sharing: EVERYONE,
              }),
            )
          ),
        );
        const rows = [...world.rows];
        const check = async () => {
          const { saved } = (await inbox.core.conversations.counts(agent)).all;
          const expected = views.filter((view) => statusesOf(view.filter).every(isLive))
            .map((view) => [view.id, naive({ ...world, rows }, view.filter).length]);
          assert.deepEqual(saved, Object.fromEntries(expected));
        };

        await check();
        for (const { n, row, hours } of changes) {
          const at = n % rows.length;
          const before = rows[at]!;
          const after = { ...row, id: before.id };
          rows[at] = after;
          await transact(inbox.store, (tx) => {
            putConversation(tx, before, after);
            tx.emit({
              type: "conversation.updated",
              actor: { type: "system", id: null, name: "Test" },
              conversationId: after.id,
              inboxId: after.inboxId,
            });
            return Promise.resolve();
          });
          inbox.ports.clock.advance(hours * 3_600_000);
          await check();
        }
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
});

Deno.test("counts() of a saved view follow what its reader has read, and nobody else's reading", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const { conversationId } = await inbox.write("one");
  await inbox.write("two", { from: "tom@example.com" });
  const jonas: Principal = { ...agent, user: { ...agent.user, id: "usr_jonas" } };
  const unread: ViewFilter = { all: [{ field: "unread", is: "equal", value: true }] };
  const input = { name: "News", filter: unread, sharing: EVERYONE };
  const { id } = valueOf(await core.views.create(agent, input));
  const counts = async () => {
    const of = async (who: Principal) => (await core.conversations.counts(who)).all.saved[id];
    return [await of(agent), await of(jonas)];
  };

  assert.deepEqual(await counts(), [2, 2]);
  valueOf(await core.conversations.markRead(agent, conversationId));
  assert.deepEqual(await counts(), [1, 2]);
  valueOf(await core.conversations.markUnread(agent, conversationId));
  assert.deepEqual(await counts(), [2, 2]);
  valueOf(await core.conversations.markRead(jonas, conversationId));
  await inbox.write("three", { from: "mia@example.com" });
  assert.deepEqual(await counts(), [3, 2]);
});

Deno.test("list() takes a saved view by id, with its own sort, and hides what is another's", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const first = await inbox.write("one");
  inbox.ports.clock.advance(1_000);
  const second = await inbox.write("two", { from: "tom@example.com" });
  const waiting: ViewFilter = { all: [{ field: "waiting", is: "equal", value: true }] };
  const input = { name: "Waiting", filter: waiting, sort: "oldest" as const };
  const view = valueOf(await core.views.create(agent, input));
  const viewId = view.id as `viw_${string}`;

  const page = valueOf(await core.conversations.list(agent, { view: viewId }));
  const newest = valueOf(
    await core.conversations.list(agent, { view: viewId, sort: "newest" }),
  );
  const none = valueOf(
    await core.conversations.list(agent, { view: viewId, inboxId: "inb_other" }),
  );
  const other: Principal = { ...agent, user: { ...agent.user, id: "usr_other" } };
  const hidden = await core.conversations.list(other, { view: viewId });

  const ids = [first.conversationId, second.conversationId];
  assert.deepEqual(page.items.map(({ id }) => id), ids);
  assert.deepEqual(newest.items.map(({ id }) => id), ids.toReversed());
  assert.deepEqual(none.items, []);
  assert.ok(!hidden.ok && hidden.error.code === "not_found");
});

Deno.test("list() knows unread, and the caller's own lists", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const { conversationId } = await inbox.write("one");
  const { conversationId: other } = await inbox.write("two", { from: "tom@example.com" });
  valueOf(await core.conversations.markRead(agent, other));
  const idsOf = async (query: Parameters<typeof core.conversations.list>[1]) =>
    valueOf(await core.conversations.list(agent, query)).items.map(({ id }) => id);

  assert.deepEqual(await idsOf({ unread: true }), [conversationId]);
  assert.deepEqual(await idsOf({ unread: false }), [other]);
  assert.deepEqual(await idsOf({ view: "sent" }), []);
  await transact(inbox.store, (tx) => {
    const place = { userId: agent.user.id, list: "sent", conversationId: other } as const;
    return putPersonal(tx, place, tx.now);
  });
  assert.deepEqual(await idsOf({ view: "sent" }), [other]);
});
