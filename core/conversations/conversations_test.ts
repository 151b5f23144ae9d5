import assert from "node:assert/strict";
import type { Principal } from "../access/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys } from "../store/mod.ts";
import type { ConversationQuery } from "./query.ts";

async function list(
  inbox: TestInbox,
  query: ConversationQuery,
  principal: Principal = inbox.agent,
): Promise<string[]> {
  const page = await inbox.core.conversations.list(principal, query);
  assert(page.ok, JSON.stringify(page));
  return page.value.items.map(({ preview }) => preview);
}

async function update(
  inbox: TestInbox,
  id: string,
  patch: Parameters<TestInbox["core"]["conversations"]["update"]>[2],
) {
  const updated = await inbox.core.conversations.update(inbox.agent, id, patch);
  assert(updated.ok, JSON.stringify(updated));
  return updated.value;
}

Deno.test("the fixed views show what they are called, at once, with counts that agree", async () => {
  await using inbox = await openTestInbox();
  const ids: Record<string, string> = {};
  for (const name of ["free", "mine", "closed", "snoozed", "spam", "trash"]) {
    inbox.ports.clock.advance(1_000);
    ids[name] = (await inbox.write(name, { from: `${name}@example.com` })).conversationId;
  }
  await update(inbox, ids.mine!, { assigneeId: inbox.agent.user.id });
  for (const status of ["closed", "spam", "trash"] as const) {
    await update(inbox, ids[status]!, { status });
  }
  await update(inbox, ids.snoozed!, { snoozedUntil: inbox.ports.clock.now() + 60_000 });

  assert.deepEqual(await list(inbox, { view: "open" }), ["mine", "free"]);
  assert.deepEqual(await list(inbox, { view: "unassigned" }), ["free"]);
  assert.deepEqual(await list(inbox, { view: "mine" }), ["mine"]);
  for (const view of ["closed", "snoozed", "spam", "trash"] as const) {
    assert.deepEqual(await list(inbox, { view, inboxId: inbox.inboxId }), [view]);
  }
  const counts = await inbox.core.conversations.counts(inbox.agent);
  const open = { unassigned: 1, automatic: 0, mine: 1, open: 2, snoozed: 1, unread: 2 };
  assert.deepEqual(counts[inbox.inboxId], open);
  const { channelId } = inbox;
  const own = { saved: {}, mentions: 0, drafts: 0, scheduled: 0 };
  assert.deepEqual(counts.all, { ...open, ...own, channels: { [channelId]: 2 } });
});

Deno.test("a list is narrowed to a channel, or to a kind of channels across inboxes", async () => {
  await using inbox = await openTestInbox();
  const root: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };
  await inbox.write("one");
  await inbox.write("two", { from: "tom@example.com" });
  const { channelId } = inbox;

  assert.deepEqual((await list(inbox, { channelId })).toSorted(), ["one", "two"]);
  assert.deepEqual(await list(inbox, { channelId: "chn_other" }), []);
  assert.deepEqual((await list(inbox, { channelType: "scripted" }, root)).length, 2);
  assert.deepEqual(await list(inbox, { channelType: "email" }, root), []);
});

Deno.test("pages follow each other without gap or repetition, in every order, live and closed", async () => {
  await using inbox = await openTestInbox();
  for (let i = 0; i < 25; i++) {
    // Several at the same millisecond: the order must still be total.
    if (i % 3 === 0) inbox.ports.clock.advance(1_000);
    const { conversationId } = await inbox.write(`c${i}`, { from: `c${i}@example.com` });
    if (i % 5 === 0) await update(inbox, conversationId, { priority: "high" });
  }
  const walk = async (query: ConversationQuery) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await inbox.core.conversations.list(inbox.agent, { ...query, limit: 7, cursor });
      assert(page.ok);
      seen.push(...page.value.items.map(({ id }) => id));
      cursor = page.value.next ?? undefined;
    } while (cursor !== undefined);
    return seen;
  };

  for (const sort of ["newest", "oldest", "waiting", "priority"] as const) {
    const seen = await walk({ sort });
    assert.equal(seen.length, 25);
    assert.equal(new Set(seen).size, 25);
  }
  const newest = await walk({ sort: "newest" });
  for (const id of newest) {
    inbox.ports.clock.advance(newest.indexOf(id) % 4 === 0 ? 1 : 0);
    await update(inbox, id, { status: "closed" });
  }
  for (const sort of ["newest", "oldest"] as const) {
    const seen = await walk({ view: "closed", sort });
    assert.equal(new Set(seen).size, 25);
    assert.equal(seen.length, 25);
  }
});

Deno.test("a cursor of nobody's making is refused", async () => {
  await using inbox = await openTestInbox();

  for (const cursor of ["x", "", "AAAA", "é"]) {
    const page = await inbox.core.conversations.list(inbox.agent, { cursor });
    assert(!page.ok && page.error.code === "invalid", cursor);
  }
});

Deno.test("update() writes a line for each change, with names, and counts no version", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");

  const row = await update(inbox, conversationId, {
    assigneeId: inbox.agent.user.id,
    priority: "urgent",
    tags: [" a ", "a", "b"],
  });

  assert.deepEqual(row.tags, ["a", "b"]);
  assert.equal(row.version, 1);
  const thread = await inbox.thread(conversationId);
  const events = thread.flatMap(({ event }) => event === undefined ? [] : [event]);
  assert.deepEqual(events.map(({ type, to, toName }) => [type, to, toName]), [
    ["assigned", inbox.agent.user.id, "Nora Visser"],
    ["tags", "a, b", undefined],
    ["priority", "urgent", undefined],
  ]);
  const unchanged = await update(inbox, conversationId, { priority: "urgent" });
  assert.equal(unchanged.lastSeq, row.lastSeq);
});

Deno.test("update() refuses what makes no sense, field by field", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const now = inbox.ports.clock.now();

  for (
    const [patch, path] of [
      [{ assigneeId: "usr_none" }, "assigneeId"],
      [{ inboxId: "inb_none" }, "inboxId"],
      [{ status: "snoozed" }, "snoozedUntil"],
      [{ snoozedUntil: now }, "snoozedUntil"],
      [{ snoozedUntil: now + 1, status: "closed" }, "snoozedUntil"],
      [{ tags: Array.from({ length: 31 }, (_, i) => `t${i}`) }, "tags"],
      [{ tags: ["ok", "x".repeat(51)] }, "tags.1"],
      [{ subject: "x".repeat(201) }, "subject"],
    ] as const
  ) {
    const updated = await inbox.core.conversations.update(inbox.agent, conversationId, patch);
    assert(!updated.ok && updated.error.code === "invalid", JSON.stringify(patch));
    assert.equal(updated.error.errors[0]?.path, path);
  }
});

Deno.test("a snoozed conversation opens at its time, unless it was snoozed for longer meanwhile", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const start = inbox.ports.clock.now();
  await update(inbox, conversationId, { snoozedUntil: start + 60_000 });
  await update(inbox, conversationId, { snoozedUntil: start + 120_000 });

  inbox.ports.clock.set(start + 60_000);
  await inbox.runJobs();
  assert.equal((await inbox.conversation(conversationId)).status, "snoozed");
  inbox.ports.clock.set(start + 120_000);
  await inbox.runJobs();

  const conversation = await inbox.conversation(conversationId);
  assert.equal(conversation.status, "open");
  assert.equal(conversation.snoozedUntil, null);
});

Deno.test("what comes back from a snooze is unread for everybody, and its line says why", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  await inbox.core.conversations.markRead(inbox.agent, conversationId);
  const until = inbox.ports.clock.now() + 60_000;
  await update(inbox, conversationId, { snoozedUntil: until });

  inbox.ports.clock.set(until);
  await inbox.runJobs();

  const back = await inbox.core.conversations.get(inbox.agent, conversationId);
  assert(back.ok);
  assert.equal(back.value.unread, true);
  const line = (await inbox.thread(conversationId)).at(-1);
  assert.deepEqual(line?.event, { type: "status", from: "snoozed", to: "open" });
  assert.equal(line?.author.type, "system");
});

Deno.test("a customer's answer wakes what was put off at once, and its hour wakes nobody again", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const until = inbox.ports.clock.now() + 60_000;
  await update(inbox, conversationId, { snoozedUntil: until });

  await inbox.write("One more thing", { conversationId });

  assert.equal((await inbox.conversation(conversationId)).status, "open");
  await update(inbox, conversationId, { status: "closed" });
  inbox.ports.clock.set(until);
  await inbox.runJobs();
  assert.equal((await inbox.conversation(conversationId)).status, "closed");
});

Deno.test("moving to another inbox takes the conversation out of reach and off its agent", async () => {
  await using inbox = await openTestInbox();
  const root: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };
  const other = await inbox.core.inboxes.create(root, { name: "Other", memberIds: [] });
  assert(other.ok);
  const { conversationId } = await inbox.write("Question");
  await update(inbox, conversationId, { assigneeId: inbox.agent.user.id });

  const moved = await inbox.core.conversations.update(root, conversationId, {
    inboxId: other.value.id,
  });

  assert(moved.ok);
  assert.equal(moved.value.assigneeId, null);
  const mine = await inbox.core.conversations.get(inbox.agent, conversationId);
  assert(!mine.ok && mine.error.code === "not_found");
  assert.deepEqual(await list(inbox, { view: "open" }), []);
  assert.deepEqual((await inbox.core.conversations.counts(inbox.agent)).all?.open, 0);
});

Deno.test("update() moves nothing into an inbox its caller may not write to", async () => {
  await using inbox = await openTestInbox();
  const root: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };
  const other = await inbox.core.inboxes.create(root, { name: "Other", memberIds: [] });
  assert(other.ok);
  const { conversationId } = await inbox.write("Question");

  for (const inboxId of [other.value.id, "inb_none"]) {
    const moved = await inbox.core.conversations.update(inbox.agent, conversationId, { inboxId });
    assert(!moved.ok && moved.error.code === "invalid");
    // Not told apart: whoever may not see an inbox does not learn that it is there.
    assert.deepEqual(moved.error.errors, [
      { path: "inboxId", message: "is not an inbox you can move this to" },
    ]);
  }
  assert.equal((await inbox.conversation(conversationId)).inboxId, inbox.inboxId);
});

Deno.test("read marks are each agent's own, never go back, and end with a new message", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, seq } = await inbox.write("One");
  const unread = async () => {
    const row = await inbox.core.conversations.get(inbox.agent, conversationId);
    return row.ok && row.value.unread;
  };

  assert.equal(await unread(), true);
  await inbox.core.conversations.markRead(inbox.agent, conversationId);
  assert.equal(await unread(), false);
  await inbox.write("Two", { conversationId });
  assert.equal(await unread(), true);
  await inbox.core.conversations.markRead(inbox.agent, conversationId, 99);
  await inbox.core.conversations.markRead(inbox.agent, conversationId, seq);
  assert.equal(await unread(), false);
  assert.equal(await inbox.store.get(keys.readMark(inbox.agent.user.id, conversationId)), 2);
});

Deno.test("markUnread() is the caller's own, stays until they read, and is nothing where nobody wrote", async () => {
  await using inbox = await openTestInbox();
  const { conversations } = inbox.core;
  const first = await inbox.write("one");
  const id = first.conversationId;
  const colleague = { ...inbox.agent, user: { ...inbox.agent.user, id: "usr_colleague" } };
  const unread = async () => (await conversations.counts(inbox.agent)).all!.unread;
  await conversations.markRead(inbox.agent, id);
  await conversations.markRead(colleague, id);
  assert.equal(await unread(), 0);

  const marked = await conversations.markUnread(inbox.agent, id);

  assert(marked.ok);
  assert.equal(marked.value.unread, true);
  assert.equal(await unread(), 1);
  const theirs = await conversations.get(colleague, id);
  assert(theirs.ok);
  assert.equal(theirs.value.unread, false);
  // What this process knows outlives a reset: it is stored.
  assert.equal(await inbox.core.store.get(keys.readMark(inbox.agent.user.id, id)), 0);
  await conversations.markRead(inbox.agent, id);
  assert.equal(await unread(), 0);
});

Deno.test("update() adds and takes away tags beside those that are there, twenty writers at once", async () => {
  await using inbox = await openTestInbox();
  const { conversationId: id } = await inbox.write("one");
  await update(inbox, id, { tags: ["start", "old"] });

  await Promise.all(
    Array.from(
      { length: 20 },
      (_, n) =>
        update(inbox, id, n === 0 ? { removeTags: ["old"] } : { addTags: [`tag ${n}`, " start "] }),
    ),
  );

  const { tags } = await update(inbox, id, {});
  assert.deepEqual(
    [...tags].sort(),
    [
      ...["start"],
      ...Array.from({ length: 19 }, (_, n) => `tag ${n + 1}`),
    ].sort(),
  );
  const more = Array.from({ length: 11 }, (_, n) => `more ${n}`);
  const refused = await inbox.core.conversations.update(inbox.agent, id, { addTags: more });
  assert(!refused.ok && refused.error.code === "invalid");
});

Deno.test("one's own comment is not unread, unless the customer's message before it was", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("One");
  const comment = async (text: string) => {
    await inbox.core.messages.post(inbox.agent, conversationId, { kind: "comment", text });
    const row = await inbox.core.conversations.get(inbox.agent, conversationId);
    return row.ok && row.value.unread;
  };

  assert.equal(await comment("not read yet"), true);
  await inbox.core.conversations.markRead(inbox.agent, conversationId);
  assert.equal(await comment("mine"), false);
});

Deno.test("a read mark that is written late does not go back behind one written meanwhile", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("One");
  await inbox.write("Two", { conversationId });
  const apply = inbox.store.apply.bind(inbox.store);
  let isFirst = true;
  inbox.store.apply = async (batch) => {
    if (isFirst) {
      isFirst = false;
      await inbox.core.conversations.markRead(inbox.agent, conversationId, 2);
    }
    return await apply(batch);
  };

  await inbox.core.conversations.markRead(inbox.agent, conversationId, 1);

  assert.equal(await inbox.store.get(keys.readMark(inbox.agent.user.id, conversationId)), 2);
});

Deno.test("a viewer reads and changes nothing; somebody of no inbox sees nothing", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const viewer: Principal = { ...inbox.agent, user: { ...inbox.agent.user, role: "viewer" } };
  const stranger: Principal = { ...inbox.agent, inboxIds: new Set() };

  const read = await inbox.core.conversations.get(viewer, conversationId);
  const written = await inbox.core.conversations.update(viewer, conversationId, {
    status: "closed",
  });
  const posted = await inbox.core.messages.post(viewer, conversationId, {
    kind: "comment",
    text: "x",
  });
  assert(read.ok);
  assert(!written.ok && written.error.code === "forbidden");
  assert(!posted.ok && posted.error.code === "forbidden");
  assert.deepEqual(await list(inbox, {}, stranger), []);
  for (
    const hidden of [
      await inbox.core.conversations.get(stranger, conversationId),
      await inbox.core.conversations.update(stranger, conversationId, { status: "closed" }),
      await inbox.core.messages.list(stranger, conversationId, {}),
      await inbox.core.messages.post(stranger, conversationId, { kind: "comment", text: "x" }),
    ]
  ) {
    assert(!hidden.ok && hidden.error.code === "not_found");
  }
});

Deno.test("past conversations of a contact are those the caller may read", async () => {
  await using inbox = await openTestInbox();
  const first = await inbox.write("One", { from: "ana@example.com" });
  await update(inbox, first.conversationId, { status: "closed" });
  inbox.ports.clock.advance(1_000);
  await inbox.write("Two", { from: "ana@example.com" });
  const { contactId } = await inbox.conversation(first.conversationId);
  const stranger: Principal = { ...inbox.agent, inboxIds: new Set() };

  assert.deepEqual(await list(inbox, { contactId }), ["Two", "One"]);
  assert.deepEqual(await list(inbox, { contactId }, stranger), []);
});

Deno.test("of two new names of a contact the rows end with the later, whichever job ends last", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("One");
  const { contactId } = await inbox.conversation(conversationId);
  await inbox.core.contacts.update(inbox.agent, contactId, { name: "First" });
  const nameOf = async () => (await inbox.conversation(conversationId)).contactName;
  const inTurn = inbox.store.inTurn.bind(inbox.store);
  let isFirst = true;
  inbox.store.inTurn = async (name, run) => {
    if (name === conversationId && isFirst) {
      isFirst = false;
      await inbox.core.contacts.update(inbox.agent, contactId, { name: "Second" });
      void inbox.core.jobs.drain(1);
      for (let i = 0; i < 200 && await nameOf() !== "Second"; i++) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    return await inTurn(name, run);
  };

  await inbox.runJobs();

  assert.equal((await inbox.conversation(conversationId)).contactName, "Second");
});

Deno.test("a contact's new name reaches the rows of their conversations", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("One");
  const { contactId } = await inbox.conversation(conversationId);

  const renamed = await inbox.core.contacts.update(inbox.agent, contactId, { name: "Ana Souza" });
  assert(renamed.ok);
  await inbox.runJobs();

  assert.equal((await inbox.conversation(conversationId)).contactName, "Ana Souza");
});
