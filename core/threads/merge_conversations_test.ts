import assert from "node:assert/strict";
import { assertThread, wordsOf, writeElsewhere } from "../../tests/fakes/assert_thread.ts";
import { openTestChat } from "../../tests/fakes/chat.ts";
import { dyingStore, storeElsewhere, storeMeeting } from "../../tests/fakes/faulty_store.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { keys } from "../store/mod.ts";
import { mergeConversations } from "./merge_conversations.ts";
import { createSweeper } from "./sweep.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

async function merge(inbox: TestInbox, id: string, intoId: string) {
  const result = await inbox.core.threads.merge(inbox.agent, id, intoId);
  assert(result.ok, JSON.stringify(result));
  return result.value;
}

async function codeOf(inbox: TestInbox, id: string, intoId: string, who: Principal = inbox.agent) {
  const result = await inbox.core.threads.merge(who, id, intoId);
  return result.ok ? "ok" : result.error.code;
}

/** A conversation that begins with a text. */
async function begin(inbox: TestInbox, text: string, from = "ana@example.com") {
  inbox.ports.clock.advance(1_000);
  return (await inbox.write(text, { from })).conversationId;
}

Deno.test("merge() puts the messages behind the other's, and the merged one stands for it", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const into = await begin(inbox, "First");
  const from = await begin(inbox, "Second");
  await core.conversations.update(agent, from, { tags: ["vip"], priority: "high" });
  await core.conversations.update(agent, into, { tags: ["shoes"], priority: "low" });
  await inbox.reply(into, "Answer");
  await inbox.runJobs();
  await core.conversations.update(agent, into, { status: "closed" });
  const number = `#${(await inbox.conversation(from)).number}`;

  const merged = await merge(inbox, from, into);

  assert.equal(merged.mergedIntoId, into);
  const thread = await assertThread(inbox, into);
  assert.deepEqual(wordsOf(thread).slice(-4), ["(merged_from)", "Second", "(tags)", "(priority)"]);
  assert.equal(thread.find(({ event }) => event?.type === "merged_from")?.event?.fromName, number);
  const row = await inbox.conversation(into);
  assert.deepEqual([row.status, row.tags, row.priority], ["open", ["shoes", "vip"], "high"]);
  assert.equal(row.waitingSince, thread.find(({ text }) => text === "Second")?.createdAt);
  // In no list: neither live, nor closed, nor the contact's.
  for (
    const query of [{ view: "open" }, { view: "closed" }, { contactId: row.contactId }] as const
  ) {
    const page = await core.conversations.list(agent, { ...query, inboxId: inbox.inboxId });
    assert(page.ok);
    assert.ok(!page.value.items.some(({ id }) => id === from));
  }
  // Its address reads the other's thread, and answers go there.
  const read = await core.messages.list(agent, from, {});
  assert(read.ok);
  assert.deepEqual(read.value.items.map(({ id }) => id), thread.map(({ id }) => id));
  const posted = await core.messages.post(agent, from, { kind: "reply", text: "To both" });
  assert(posted.ok);
  assert.equal(posted.value.message.conversationId, into);
  const patched = await core.conversations.update(agent, from, { status: "open" });
  assert.equal(patched.ok ? "ok" : patched.error.code, "conflict");
  await inbox.runJobs();
  assert.deepEqual(await inbox.thread(from), []);
});

Deno.test("whatever is meant for a merged one goes to the other, through any chain", async () => {
  await using inbox = await openTestInbox();
  const [a, b, c] = [await begin(inbox, "A"), await begin(inbox, "B"), await begin(inbox, "C")];
  const reply = await inbox.reply(a, "Answer");
  await inbox.runJobs();
  await merge(inbox, a, b);
  await merge(inbox, b, c);

  const signed = await inbox.write("To the signed address", { conversationId: a });
  const answered = await inbox.write("An answer", {
    event: { hints: [{ by: "message", externalId: `ext-${reply.id}`, how: "In-Reply-To" }] },
  });

  assert.deepEqual([signed.conversationId, answered.conversationId], [c, c]);
  const thread = await assertThread(inbox, c);
  assert.ok(thread.at(-2)?.trace.some(({ step }) => step === "merge_followed"));
  // Behind the last merge nobody goes in circles.
  assert.equal(await codeOf(inbox, c, a), "conflict");
  assert.equal(await codeOf(inbox, a, c), "ok");
  assert.equal(await codeOf(inbox, a, await begin(inbox, "D")), "conflict");
});

Deno.test("two merged into each other at once become one, whoever is first", async () => {
  await using inbox = await openTestInbox();
  for (let round = 0; round < 5; round++) {
    const [a, b] = [await begin(inbox, "A"), await begin(inbox, "B")];

    const codes = await Promise.all([codeOf(inbox, a, b), codeOf(inbox, b, a)]);

    assert.deepEqual(codes.toSorted(), ["conflict", "ok"]);
    const kept = codes[0] === "ok" ? b : a;
    assert.equal((await assertThread(inbox, kept)).length, 3);
  }
});

Deno.test("merge() while messages come into both loses and doubles nothing", async () => {
  await using inbox = await openTestInbox();
  const [a, b] = [await begin(inbox, "A"), await begin(inbox, "B")];

  await Promise.all([
    ...Array.from({ length: 8 }, (_, i) => inbox.write(`a${i}`, { conversationId: a })),
    merge(inbox, a, b),
    ...Array.from({ length: 8 }, (_, i) => inbox.write(`b${i}`, { conversationId: b })),
    ...Array.from({ length: 8 }, (_, i) => inbox.write(`late${i}`, { conversationId: a })),
    ...Array.from(
      { length: 4 },
      (_, i) => inbox.core.messages.post(inbox.agent, a, { kind: "comment", text: `note${i}` }),
    ),
  ]);

  const texts = wordsOf(await assertThread(inbox, b)).filter((text) => !text.startsWith("("));
  assert.equal(new Set(texts).size, texts.length);
  assert.ok(texts.filter((text) => !text.startsWith("note")).length === 26, texts.join());
});

Deno.test("merge() is whole or has not happened, wherever the process dies in it", async (t) => {
  for (let died = 0, isWhole = false; !isWhole; died++) {
    await t.step(`after ${died} commits`, async () => {
      await using inbox = await openTestInbox();
      const [from, into] = [await begin(inbox, "A"), await begin(inbox, "B")];
      for (let i = 0; i < 250; i++) await inbox.write(`${i}`, { conversationId: from });
      const { store, ports, adapter } = inbox;
      const adapters = new Map([["scripted", adapter]]);
      // The command reads no configuration.
      const context = { store: dyingStore(store, died), ports, adapters } as unknown as CoreContext;

      const result = await mergeConversations(context, inbox.agent, from, into)
        .catch((cause: unknown) => String(cause));

      isWhole = typeof result !== "string";
      if (!isWhole) assert.match(String(result), /dead/);
      assert.equal((await assertThread(inbox, into)).length, isWhole ? 253 : 1);
      if (!isWhole) assert.equal((await assertThread(inbox, from)).length, 251);
      // What comes next takes the places of the copies.
      await inbox.write("Next", { conversationId: into });
      ports.clock.advance(3_600_000);
      await inbox.runJobs();
      assert.equal((await inbox.thread(into)).length, isWhole ? 254 : 2);
      assert.equal((await inbox.thread(from)).length, isWhole ? 0 : 251);
      assert.equal(wordsOf(await assertThread(inbox, into)).at(-1), "Next");
    });
    assert.ok(died < 20);
  }
});

Deno.test("merge() takes along what another process writes into either while it copies", async () => {
  for (const where of ["from", "into"] as const) {
    await using inbox = await openTestInbox();
    const ids = { from: await begin(inbox, "A"), into: await begin(inbox, "B") };
    const { store, ports, adapter } = inbox;
    const meeting = storeMeeting(store, 2, () => writeElsewhere(inbox, ids[where], "meanwhile"));
    const adapters = new Map([["scripted", adapter]]);
    const context = { store: meeting, ports, adapters } as unknown as CoreContext;

    const merged = await mergeConversations(context, inbox.agent, ids.from, ids.into);

    assert(merged.ok, JSON.stringify(merged));
    assert.deepEqual(
      wordsOf(await assertThread(inbox, ids.into)),
      where === "from"
        ? ["B", "(merged_from)", "A", "meanwhile"]
        : ["B", "meanwhile", "(merged_from)", "A"],
    );
  }
});

Deno.test("merge() writes over nothing that another process stores where its copies were to lie", async () => {
  await using inbox = await openTestInbox();
  const [from, into] = [await begin(inbox, "A"), await begin(inbox, "B")];
  const { store, ports, adapter } = inbox;
  const meeting = storeMeeting(store, 1, async () => {
    for (const text of ["one", "two", "three"]) await writeElsewhere(inbox, into, text);
  });
  const adapters = new Map([["scripted", adapter]]);
  const context = { store: meeting, ports, adapters } as unknown as CoreContext;

  const merged = await mergeConversations(context, inbox.agent, from, into);

  assert(merged.ok, JSON.stringify(merged));
  assert.deepEqual(
    wordsOf(await assertThread(inbox, into)),
    ["B", "one", "two", "three", "(merged_from)", "A"],
  );
});

Deno.test("merge() copies again what another process swept away before it was its own", async () => {
  await using inbox = await openTestInbox();
  const [from, into] = [await begin(inbox, "A"), await begin(inbox, "B")];
  const { store, ports, adapter } = inbox;
  const sweep = createSweeper(storeElsewhere(store));
  const job = { payload: { conversationId: into } } as unknown as Parameters<typeof sweep>[0];
  const run = { signal: AbortSignal.timeout(10_000) } as unknown as Parameters<typeof sweep>[1];
  // An earlier split or merge planned it.
  const meeting = storeMeeting(store, 2, () => sweep(job, run));
  const adapters = new Map([["scripted", adapter]]);
  const context = { store: meeting, ports, adapters } as unknown as CoreContext;

  const merged = await mergeConversations(context, inbox.agent, from, into);

  assert(merged.ok, JSON.stringify(merged));
  assert.deepEqual(wordsOf(await assertThread(inbox, into)), ["B", "(merged_from)", "A"]);
});

Deno.test("a reply that is on its way when its conversation is merged is sent once, and known there", async () => {
  await using inbox = await openTestInbox();
  const [a, b] = [await begin(inbox, "A"), await begin(inbox, "B")];
  const reply = await inbox.reply(a, "Later", { undoSeconds: 10 });

  await merge(inbox, a, b);
  inbox.ports.clock.advance(20_000);
  await inbox.runJobs();

  assert.deepEqual(inbox.sent.map(({ outboxId }) => outboxId), [reply.id]);
  const sent = (await assertThread(inbox, b)).find(({ id }) => id === reply.id);
  assert.equal(sent?.status, "sent");
});

Deno.test("who had read both has read the merged one; unread messages stay unread", async () => {
  await using inbox = await openTestInbox();
  const { conversations } = inbox.core;
  for (const [readsA, readsB, isUnread] of [[1, 1, false], [0, 1, true], [1, 0, true]] as const) {
    const [a, b] = [await begin(inbox, "A"), await begin(inbox, "B")];
    if (readsA) await conversations.markRead(inbox.agent, a);
    if (readsB) await conversations.markRead(inbox.agent, b);

    await merge(inbox, a, b);

    const found = await conversations.get(inbox.agent, b);
    assert(found.ok);
    assert.equal(found.value.unread, isUnread, `${readsA}${readsB}`);
  }
});

Deno.test("merge() asks for rights in both inboxes, and only joins what answers reach", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const [a, b] = [await begin(inbox, "A"), await begin(inbox, "B")];
  const stranger = await begin(inbox, "Stranger", "else@example.com");
  const elsewhere = await core.inboxes.create(ROOT, { name: "Elsewhere" });
  assert(elsewhere.ok);
  const hidden = await begin(inbox, "Hidden");
  await core.conversations.update(ROOT, hidden, { inboxId: elsewhere.value.id });
  const viewer: Principal = { ...agent, user: { ...agent.user, role: "viewer" } };
  const trashed = await begin(inbox, "Trash");
  await core.conversations.update(agent, trashed, { status: "trash" });

  assert.equal(await codeOf(inbox, a, hidden), "invalid");
  assert.equal(await codeOf(inbox, hidden, a), "not_found");
  assert.equal(await codeOf(inbox, a, b, viewer), "forbidden");
  assert.equal(await codeOf(inbox, a, a), "invalid");
  assert.equal(await codeOf(inbox, a, "cnv_none"), "invalid");
  assert.equal(await codeOf(inbox, a, trashed), "conflict");
  // The scripted channel writes no letters: an answer goes to one person.
  assert.equal(await codeOf(inbox, stranger, a), "unsupported");
  assert.equal(await codeOf(inbox, hidden, a, ROOT), "ok");
});

Deno.test("letters of different people and mailboxes become one, and keep their own channel", async () => {
  await using inbox = await openTestInbox({ capabilities: { email: true } });
  const { core } = inbox;
  const second = await core.channels.create(ROOT, {
    type: "scripted",
    inboxId: inbox.inboxId,
    name: "Second mailbox",
    config: { token: "s" },
  });
  assert(second.ok);
  const into = await begin(inbox, "First");
  const write = (externalId: string, hints: "none" | "reply") =>
    core.inbound.ingest(second.value.id, {
      type: "message",
      externalId,
      occurredAt: inbox.ports.clock.now(),
      direction: "in",
      sender: { identities: [{ kind: "email", value: "bob@example.com", verified: true }] },
      hints: hints === "none" ? [] : [{ by: "message", externalId: "m-1", how: "In-Reply-To" }],
      parts: [{ kind: "text", text: externalId }],
    });
  const other = await write("m-1", "none");
  assert(other?.kind === "stored");

  await merge(inbox, other.conversationId, into);
  const later = await write("m-2", "reply");

  assert(later?.kind === "stored", JSON.stringify(later));
  assert.equal(later.conversationId, into);
  const moved = (await assertThread(inbox, into)).find(({ text }) => text === "m-1");
  assert.equal(moved?.channelId, second.value.id);
});

Deno.test("merge() moves five hundred messages in one commit", async () => {
  await using inbox = await openTestInbox();
  const [a, b] = [await begin(inbox, "A"), await begin(inbox, "B")];
  for (let i = 0; i < 500; i++) await inbox.write(`${i}`, { conversationId: a });

  await merge(inbox, a, b);

  assert.equal((await assertThread(inbox, b)).length, 503);
});

Deno.test("a visitor whose chats were merged goes on in one, by either address", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const start = async (id: string) => {
    const { body } = await chat.call("POST", "/conversations", {
      token,
      body: { message: { id, text: id } },
    });
    return body.message.conversationId as string;
  };
  const [a, b] = [await start("first-chat"), await start("second-chat")];
  const merged = await chat.core.threads.merge(chat.owner, a, b);
  assert(merged.ok, JSON.stringify(merged));

  const said = await chat.call("POST", `/conversations/${a}/messages`, {
    token,
    body: { id: "third-message", text: "Still me" },
  });
  const list = await chat.call("GET", "/conversations", { token });
  const thread = await chat.call("GET", `/conversations/${a}/messages`, { token });

  assert.equal(said.status, 201, JSON.stringify(said.body));
  assert.equal(said.body.conversationId, b);
  assert.deepEqual(list.body.items.map(({ id }: { id: string }) => id), [b]);
  const texts = thread.body.items.map(({ text }: { text: string }) => text);
  assert.deepEqual(new Set(texts), new Set(["first-chat", "second-chat", "Still me"]));
  assert.equal(texts.at(-1), "Still me");
  const replayed = await chat.call("POST", `/conversations/${a}/messages`, {
    token,
    body: { id: "third-message", text: "Still me" },
  });
  assert.equal(replayed.status, 200);
});

Deno.test("a visitor's chat that was split is two chats of theirs", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const { body: { message: first } } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "first-chat", text: "Invoice" } },
  });
  await chat.call("POST", `/conversations/${first.conversationId}/messages`, {
    token,
    body: { id: "about-shoes", text: "Shoes" },
  });
  const [, message] = await messagesOf(chat.core.store, first.conversationId);

  const made = await chat.core.threads.split(chat.owner, first.conversationId, message!);

  assert(made.ok, JSON.stringify(made));
  const said = await chat.call("POST", `/conversations/${made.value.id}/messages`, {
    token,
    body: { id: "more-on-shoes", text: "They hurt" },
  });
  assert.equal(said.status, 201, JSON.stringify(said.body));
  const list = await chat.call("GET", "/conversations", { token });
  assert.equal(list.body.items.length, 2);
});

async function messagesOf(store: TestInbox["store"], conversationId: string) {
  const ids: string[] = [];
  for await (const { value } of store.list(keys.messages(conversationId))) ids.push(value.id);
  return ids;
}

Deno.test("below an older thread that was merged in, an answer still goes to whoever wrote last", async () => {
  await using inbox = await openTestInbox({ capabilities: { email: true } });
  const mail = (text: string, from: string) => {
    inbox.ports.clock.advance(60_000);
    const address = { name: "", address: from };
    return inbox.write(text, {
      from,
      event: {
        email: {
          from: address,
          to: [],
          cc: [],
          bcc: [],
          replyTo: [],
          subject: text,
          messageId: `${text}@example.com`,
          inReplyTo: null,
          references: [],
          senderVerified: false,
        },
      },
    });
  };
  const old = await mail("old", "old@example.com");
  const late = await mail("late", "late@example.com");

  await merge(inbox, old.conversationId, late.conversationId);

  const reply = await inbox.core.messages.replyDefaults(inbox.agent, late.conversationId);
  assert(reply.ok, JSON.stringify(reply));
  assert.deepEqual(reply.value.sender.map(({ address }) => address), ["late@example.com"]);
  assert.equal(reply.value.subject, "Re: late");
});
