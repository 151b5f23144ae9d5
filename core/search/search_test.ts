import assert from "node:assert/strict";
import fc from "fast-check";
import { openTestInbox, type TestInbox } from "@/tests/fakes/test_inbox.ts";
import type { Principal } from "../access/mod.ts";
import type { IndexHit, IndexQuery, SearchIndex } from "./index_port.ts";
import type { SearchQuery } from "./search.ts";

async function find(
  inbox: TestInbox,
  q: string,
  more: Partial<SearchQuery> & { readonly as?: Principal } = {},
) {
  await inbox.core.search.drain();
  const { as = inbox.agent, ...query } = more;
  const page = await inbox.core.search.find(as, { q, ...query });
  assert.ok(page.ok, JSON.stringify(page));
  return page.value;
}

async function idsOf(...args: Parameters<typeof find>): Promise<readonly string[]> {
  return (await find(...args)).items.map(({ conversation }) => conversation.id);
}

/** A message of somebody's own conversation. */
async function begin(inbox: TestInbox, text: string, from: string) {
  inbox.ports.clock.advance(1_000);
  return await inbox.write(text, { from, event: { hints: [] } });
}

Deno.test("find() finds a message with its conversation, marks and excerpt", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, messageId } = await begin(inbox, "My refund is late", "ana@example.com");
  await begin(inbox, "Something else", "bo@example.com");

  const { items, contacts, unclear, isComplete, next } = await find(inbox, "refunds");

  assert.equal(items.length, 1);
  assert.equal(items[0]?.conversation.id, conversationId);
  assert.equal(items[0]?.message.id, messageId);
  assert.deepEqual(items[0]?.excerpt, { text: "My refund is late", marks: [[3, 9]] });
  assert.deepEqual([contacts, unclear, isComplete, next], [[], [], true, null]);
});

Deno.test("find() takes filters together, and says which it did not understand", async () => {
  await using inbox = await openTestInbox();
  const ana = await begin(inbox, "Blue chair", "ana@example.com");
  const bo = await begin(inbox, "Blue table", "bo@example.com");
  const number = (await inbox.conversation(ana.conversationId)).number;
  await inbox.core.conversations.update(inbox.agent, ana.conversationId, {
    tags: ["VIP guest"],
    assigneeId: inbox.agent.user.id,
  });
  await inbox.core.conversations.update(inbox.agent, bo.conversationId, { status: "closed" });
  await inbox.reply(ana.conversationId, "We sent it");

  const cases: readonly [q: string, found: readonly { readonly conversationId: string }[]][] = [
    ["blue", [bo, ana]],
    ["blue is:open", [ana]],
    ["blue -is:open", [bo]],
    ["blue is:closed", [bo]],
    ['tag:"vip GUEST"', [ana]],
    ["-tag:none blue", [ana]],
    ["assignee:me", [ana]],
    ["assignee:nora", [ana]],
    ["assignee:none", [bo]],
    ["is:mine blue", [ana]],
    ["from:ana blue", [ana]],
    ["from:ana@example.com", [ana]],
    ["from:me", [ana]],
    ["contact:bo", [bo]],
    ["channel:test blue", [bo, ana]],
    ["inbox:support blue", [bo, ana]],
    [`#${number}`, [ana]],
    ["has:reply", [ana]],
    ["blue on:today", [bo, ana]],
    ["blue before:today", []],
    ["blue -chair", [bo]],
    ['"blue chair"', [ana]],
    ['"chair blue"', []],
    ["is:unread", [bo, ana]],
  ];
  for (const [q, found] of cases) {
    const wanted = found.map(({ conversationId }) => conversationId);
    assert.deepEqual(await idsOf(inbox, q), wanted, q);
  }
  const { items, unclear } = await find(inbox, "blue is:purple channel:fax before:soon");
  assert.equal(items.length, 2);
  assert.deepEqual(unclear, ["before:soon", "is:purple", "channel:fax"]);
  assert.deepEqual(await idsOf(inbox, "  "), []);
});

Deno.test("find() shows spam and trash only when they are asked for", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await begin(inbox, "Cheap watches", "x@example.com");
  await inbox.core.conversations.update(inbox.agent, conversationId, { status: "spam" });

  assert.deepEqual(await idsOf(inbox, "watches"), []);
  assert.deepEqual(await idsOf(inbox, "watches is:spam"), [conversationId]);
});

Deno.test("find() gives nobody what they may not read", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await begin(inbox, "Secret salary", "ana@example.com");
  const other: Principal = { ...inbox.agent, inboxIds: new Set(["inb_other"]) };
  const token: Principal = { type: "token", id: "tok", name: "Token", role: "viewer" };

  assert.deepEqual(await idsOf(inbox, "salary", { as: other }), []);
  assert.deepEqual(await idsOf(inbox, "inbox:support", { as: other }), []);
  assert.deepEqual((await find(inbox, "inbox:support", { as: other })).unclear, ["inbox:support"]);
  assert.deepEqual(await idsOf(inbox, "salary", { as: token }), [conversationId]);
});

Deno.test("find() asks for the caller's inboxes, and shows nothing foreign that an index still gives", async () => {
  const asked: IndexQuery[] = [];
  const hits: IndexHit[] = [];
  await using inbox = await openTestInbox({ searchIndex: lateIndex(hits, asked) });
  const { core, agent, inboxId } = inbox;
  const { conversationId, messageId, seq } = await begin(inbox, "Secret salary", "ana@x.example");
  hits.push({ conversationId, messageId, seq, at: inbox.ports.clock.now() });
  const root: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };
  const other = await core.inboxes.create(root, { name: "Other", memberIds: [] });
  assert.ok(other.ok);

  const shown = async (as: Principal) => {
    const page = await core.search.find(as, { q: "salary" });
    assert.ok(page.ok);
    return page.value.items.map(({ conversation }) => conversation.id);
  };
  assert.deepEqual(await shown(agent), [conversationId]);
  // It was moved a moment ago: the index does not know yet.
  assert.ok(
    (await core.conversations.update(root, conversationId, { inboxId: other.value.id })).ok,
  );
  assert.deepEqual(await shown(agent), []);
  assert.deepEqual(await shown(root), [conversationId]);

  assert.deepEqual(asked.map(({ inboxIds }) => inboxIds), [[inboxId], [inboxId], undefined]);
});

/** An index that gives the same hits whatever is asked, as one that is behind. */
function lateIndex(hits: readonly IndexHit[], asked: IndexQuery[]): SearchIndex {
  return {
    place: () => Promise.resolve(null),
    apply: () => Promise.resolve(),
    clear: () => Promise.resolve(),
    find(query, { skip }) {
      asked.push(query);
      return Promise.resolve(hits.slice(skip));
    },
    count: () => Promise.resolve(hits.length),
    findContacts: () => Promise.resolve([]),
    [Symbol.dispose]() {},
  };
}

Deno.test("find() pages through all there is, whatever comes in meanwhile", async () => {
  await using inbox = await openTestInbox();
  const made: string[] = [];
  for (let i = 0; i < 7; i++) {
    made.unshift((await begin(inbox, `Page ${i}`, `p${i}@example.com`)).conversationId);
  }

  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await find(inbox, "page", { limit: 3, ...cursor !== undefined && { cursor } });
    found.push(...page.items.map(({ conversation }) => conversation.id));
    cursor = page.next ?? undefined;
    await begin(inbox, "Page that is new", `n${found.length}@example.com`);
  } while (cursor !== undefined);

  assert.deepEqual(found, made);
  const bad = await inbox.core.search.find(inbox.agent, { q: "page", cursor: "x" });
  assert.equal(bad.ok, false);
});

Deno.test("find() finds messages where they are after a split, a merge and a removal", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await begin(inbox, "About shoes", "ana@example.com");
  inbox.ports.clock.advance(1_000);
  const second = await inbox.write("Also the invoice", { conversationId });

  const made = await inbox.core.threads.split(inbox.agent, conversationId, second.messageId);
  assert.ok(made.ok);
  assert.deepEqual(await idsOf(inbox, "invoice"), [made.value.id]);
  const merged = await inbox.core.threads.merge(inbox.agent, made.value.id, conversationId);
  assert.ok(merged.ok, JSON.stringify(merged));
  assert.deepEqual(await idsOf(inbox, "invoice"), [conversationId]);
  assert.deepEqual(await idsOf(inbox, "shoes"), [conversationId]);
});

Deno.test("find() finds contacts by what begins their names and addresses", async () => {
  await using inbox = await openTestInbox();
  await begin(inbox, "Hello", "zoe@example.com");
  await inbox.core.search.drain();

  const { contacts } = await find(inbox, "zoe@exa");

  assert.deepEqual(contacts.map(({ emails }) => emails), [["zoe@example.com"]]);
});

Deno.test("the indexer ends where reading everything ends, whatever happened", async () => {
  const actions = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant("write"), who: fc.nat(2), text: fc.constantFrom("red", "blue") }),
      fc.record({ do: fc.constant("reply"), who: fc.nat(2), text: fc.constantFrom("red", "blue") }),
      fc.record({ do: fc.constant("close"), who: fc.nat(2), text: fc.constant("") }),
      fc.record({ do: fc.constant("drain"), who: fc.nat(2), text: fc.constant("") }),
    ),
    { maxLength: 14 },
  );
  await fc.assert(
    fc.asyncProperty(actions, async (list) => {
      await using inbox = await openTestInbox();
      const ids = new Map<number, string>();
      for (const { do: what, who, text } of list) {
        const id = ids.get(who);
        if (what === "write" || id === undefined) {
          const conversation = id === undefined ? {} : { conversationId: id };
          inbox.ports.clock.advance(1_000);
          const from = `p${who}@example.com`;
          ids.set(who, (await inbox.write(text, { from, ...conversation })).conversationId);
        } else if (what === "reply") {
          inbox.ports.clock.advance(1_000);
          await inbox.reply(id, text);
        } else if (what === "close") {
          await inbox.core.conversations.update(inbox.agent, id, { status: "closed" });
        } else {
          await inbox.core.search.drain();
        }
      }
      const queries = ["red", "blue", "is:closed", "has:reply", "from:p1"];
      const followed = await Promise.all(queries.map((q) => idsOf(inbox, q)));
      await inbox.core.search.rebuild();

      assert.deepEqual(await Promise.all(queries.map((q) => idsOf(inbox, q))), followed);
    }),
    { numRuns: 15 },
  );
});

Deno.test("list() narrows what words find by all that a list asks for, page by page", async () => {
  await using inbox = await openTestInbox();
  const made: string[] = [];
  for (let n = 0; n < 7; n++) {
    made.push((await begin(inbox, `Blue chair ${n}`, `ana${n}@example.com`)).conversationId);
  }
  await begin(inbox, "Red chair", "bo@example.com");
  const { conversations, search } = inbox.core;
  const [first = "", second = "", third = ""] = made;
  await conversations.update(inbox.agent, first, { status: "closed" });
  await conversations.update(inbox.agent, second, { status: "spam" });
  await conversations.update(inbox.agent, third, { assigneeId: inbox.agent.user.id });
  await search.drain();
  const list = async (query: Omit<Parameters<typeof search.list>[1], "q">, q = "blue") => {
    const page = await search.list(inbox.agent, { ...query, q });
    assert.ok(page.ok, JSON.stringify(page));
    return page.value;
  };
  const ids = async (...args: Parameters<typeof list>) =>
    (await list(...args)).items.map(({ id }) => id);

  assert.deepEqual(await ids({}), made.filter((id) => id !== second).reverse());
  assert.deepEqual(await ids({ view: "closed" }), [first]);
  assert.deepEqual(await ids({ status: "spam" }), [second]);
  assert.deepEqual(await ids({ view: "mine" }), [third]);
  assert.deepEqual(await ids({ view: "open", assigneeId: "usr_other" }), []);
  assert.deepEqual(await ids({ view: "open" }, "blue is:closed"), []);

  const pages: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ view: "open", limit: 2, cursor });
    pages.push(...page.items.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  assert.deepEqual(pages, made.slice(2).reverse());
});

Deno.test("list() refuses what it cannot do with words", async () => {
  await using inbox = await openTestInbox();
  const { search } = inbox.core;

  const sorted = await search.list(inbox.agent, { q: "blue", sort: "waiting" });
  const own = await search.list(inbox.agent, { q: "blue", view: "mentions" });
  const wrong = await search.list(inbox.agent, { q: "blue", cursor: "x" });

  for (const refused of [sorted, own, wrong]) assert.equal(refused.ok, false);
});
