import assert from "node:assert/strict";
import fc from "fast-check";
import { codeOf, valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys, type PersonalList, transact } from "../store/mod.ts";
import { movePersonal, type PersonalPage, putPersonal, removePersonal } from "./mod.ts";

const ROOT = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;

async function put(inbox: TestInbox, list: PersonalList, conversationId: string, at: number) {
  const userId = inbox.agent.user.id;
  await transact(inbox.store, (tx) => putPersonal(tx, { userId, list, conversationId }, at));
}

async function listed(inbox: TestInbox, list: PersonalList, limit = 50): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  while (true) {
    const page: PersonalPage = valueOf(
      await inbox.core.personal.list(inbox.agent, list, { limit, cursor }),
    );
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
}

Deno.test("list() gives the newest entry first, the next scheduled one first, in pages", async () => {
  await using inbox = await openTestInbox();
  const ids: string[] = [];
  for (const from of ["a", "b", "c"]) {
    const written = await inbox.write("Hello", { from: `${from}@example.com` });
    ids.push(written.conversationId);
  }
  const [a = "", b = "", c = ""] = ids;
  for (const list of ["sent", "scheduled"] as const) {
    await put(inbox, list, a, 1_000);
    await put(inbox, list, b, 2_000);
    await put(inbox, list, c, 3_000);
    await put(inbox, list, a, 4_000);
  }

  assert.deepEqual(await listed(inbox, "sent", 2), [a, c, b]);
  assert.deepEqual(await listed(inbox, "scheduled", 1), [b, c, a]);
  assert.equal(await inbox.core.personal.count(inbox.agent, "scheduled"), 3);
});

Deno.test("list() leaves out what its owner may not read any more, and spam and trash", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const other = valueOf(await core.inboxes.create(ROOT, { name: "Other", memberIds: [] }));
  const patches = [{}, { inboxId: other.id }, { status: "spam" }, { status: "closed" }] as const;
  const ids: string[] = [];
  for (const [i, patch] of patches.entries()) {
    const { conversationId } = await inbox.write("Hello", { from: `${i}@example.com` });
    await put(inbox, "following", conversationId, i + 1);
    valueOf(await core.conversations.update(ROOT, conversationId, patch));
    ids.push(conversationId);
  }

  assert.deepEqual(await listed(inbox, "following"), [ids[3], ids[0]]);
  assert.equal(await core.personal.count(agent, "following"), 2);
  assert.deepEqual(valueOf(await core.personal.list(ROOT, "following", {})).items, []);
  assert.equal(codeOf(await core.personal.list(agent, "sent", { cursor: "x" })), "invalid");
});

Deno.test("a list is what was put last, whatever was put and removed before", async () => {
  await using inbox = await openTestInbox();
  const { store } = inbox;
  const userId = inbox.agent.user.id;
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    ids.push((await inbox.write("Hello", { from: `${i}@example.com` })).conversationId);
  }
  const step = fc.record({
    i: fc.nat({ max: ids.length - 1 }),
    at: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
  });

  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const wanted = new Map<string, number>();
      await transact(store, async (tx) => {
        for (const conversationId of ids) {
          await removePersonal(tx, { userId, list: "drafts", conversationId });
        }
      });
      for (const { i, at } of steps) {
        const conversationId = ids[i] ?? "";
        const place = { userId, list: "drafts", conversationId } as const;
        if (at === null) wanted.delete(conversationId);
        else wanted.set(conversationId, at);
        await transact(
          store,
          (tx) => at === null ? removePersonal(tx, place) : putPersonal(tx, place, at),
        );
      }
      const order = [...wanted].sort(([a, x], [b, y]) => y - x || (a < b ? 1 : -1));
      assert.deepEqual(await listed(inbox, "drafts", 3), order.map(([id]) => id));
    }),
    { numRuns: 25 },
  );
});

Deno.test("twenty commits at once leave one entry of a conversation", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");

  await Promise.all(
    Array.from({ length: 20 }, (_, i) => put(inbox, "sent", conversationId, i + 1)),
  );

  assert.deepEqual(await listed(inbox, "sent"), [conversationId]);
});

Deno.test("movePersonal() takes the entries along, at the later time where both are there", async () => {
  await using inbox = await openTestInbox();
  const from = (await inbox.write("Hello", { from: "a@example.com" })).conversationId;
  const into = (await inbox.write("Hello", { from: "b@example.com" })).conversationId;
  await put(inbox, "sent", from, 5);
  await put(inbox, "sent", into, 3);
  await put(inbox, "following", from, 7);

  const left = await transact(
    inbox.store,
    (tx) => movePersonal(tx, from, { intoId: into, limit: 9 }),
  );

  assert.equal(left, 2);
  assert.deepEqual([await listed(inbox, "sent"), await listed(inbox, "following")], [[into], [
    into,
  ]]);
  assert.equal(
    (await inbox.store.get(keys.personal(into, "sent", inbox.agent.user.id)))?.at,
    5,
  );
});

Deno.test("nothing is left in anybody's list of a conversation that was deleted for good", async () => {
  await using inbox = await openTestInbox();
  const { core, store } = inbox;
  const { conversationId } = await inbox.write("Hello");
  await put(inbox, "following", conversationId, 7);
  valueOf(await core.conversations.update(ROOT, conversationId, { status: "spam" }));
  inbox.ports.clock.advance(100 * 24 * 60 * 60_000);

  await core.cron();
  await inbox.runJobs();

  assert.equal(await store.get(keys.conversation(conversationId)), null);
  assert.deepEqual(await Array.fromAsync(store.list(keys.personalOf(conversationId))), []);
  const order = keys.personalList(inbox.agent.user.id, "following");
  assert.deepEqual(await Array.fromAsync(store.list(order)), []);
});
