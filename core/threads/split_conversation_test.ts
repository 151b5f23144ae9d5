import assert from "node:assert/strict";
import { assertThread, wordsOf, writeElsewhere } from "../../tests/fakes/assert_thread.ts";
import { dyingStore, storeElsewhere, storeMeeting } from "../../tests/fakes/faulty_store.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Principal } from "../access/mod.ts";
import type { MessageEvent } from "../channel/mod.ts";
import { ok } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { ingestNews } from "../ingest/ingest_news.ts";
import type { NewsEvent } from "../ingest/message_news_of.ts";
import { keys } from "../store/mod.ts";
import { splitConversation } from "./split_conversation.ts";

async function split(inbox: TestInbox, conversationId: string, messageId: string) {
  const result = await inbox.core.threads.split(inbox.agent, conversationId, messageId);
  assert(result.ok, JSON.stringify(result));
  return result.value;
}

/** Texts from one customer, in one conversation. */
async function write(
  inbox: TestInbox,
  texts: readonly string[],
  event: Partial<MessageEvent> = {},
) {
  const first = await inbox.write(texts[0] ?? "", { event });
  const ids = [first.messageId];
  for (const text of texts.slice(1)) {
    inbox.ports.clock.advance(1_000);
    const { conversationId } = first;
    ids.push((await inbox.write(text, { conversationId })).messageId);
  }
  return { conversationId: first.conversationId, ids };
}

Deno.test("split() makes a conversation of a message and all after it", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, ids } = await write(inbox, ["Invoice?", "Still there?", "Shoes hurt"]);
  await inbox.reply(conversationId, "Sorry to hear");
  await inbox.runJobs();

  const made = await split(inbox, conversationId, ids[2]!);

  const left = await assertThread(inbox, conversationId);
  const moved = await assertThread(inbox, made.id);
  assert.deepEqual(wordsOf(left), ["Invoice?", "Still there?", "(split_to)"]);
  assert.deepEqual(wordsOf(moved), ["(split_from)", "Shoes hurt", "Sorry to hear"]);
  const before = await inbox.conversation(conversationId);
  assert.deepEqual(left.at(-1)?.event, {
    type: "split_to",
    from: null,
    to: made.id,
    toName: `#${made.number}`,
  });
  assert.equal(moved[0]?.event?.fromName, `#${before.number}`);
  assert.equal(made.originId, conversationId);
  assert.equal(made.status, "open");
  // Each row says what its own messages say: the answer went with the shoes.
  assert.deepEqual([made.preview, made.previewKind, made.waitingSince], [
    "Sorry to hear",
    "reply",
    null,
  ]);
  assert.deepEqual([before.preview, before.waitingSince], ["Still there?", left[0]?.createdAt]);
  const listed = await inbox.core.conversations.list(inbox.agent, {
    contactId: before.contactId,
  });
  assert(listed.ok);
  assert.deepEqual(
    new Set(listed.value.items.map(({ id }) => id)),
    new Set([conversationId, made.id]),
  );
});

Deno.test("split() moves five hundred messages, and the sweep leaves nothing behind", async () => {
  await using inbox = await openTestInbox();
  const texts = Array.from({ length: 501 }, (_, i) => `Message ${i} ${"x".repeat(2_000)}`);
  const { conversationId, ids } = await write(inbox, texts);

  const made = await split(inbox, conversationId, ids[1]!);

  assert.equal((await assertThread(inbox, made.id)).length, 501);
  assert.equal((await assertThread(inbox, conversationId)).length, 2);
  await inbox.runJobs();
  assert.equal((await inbox.thread(conversationId)).length, 2);
  assert.equal((await inbox.thread(made.id)).length, 501);
});

Deno.test("split() is whole or has not happened, wherever the process dies in it", async (t) => {
  for (let died = 0, isWhole = false; !isWhole; died++) {
    await t.step(`after ${died} commits`, async () => {
      await using inbox = await openTestInbox();
      const texts = Array.from({ length: 450 }, (_, i) => `Message ${i}`);
      const { conversationId, ids } = await write(inbox, texts);
      const { store, ports } = inbox;
      const context = { store: dyingStore(store, died), ports, adapters: new Map() };

      const result = await splitConversation(
        // The command reads no configuration.
        context as unknown as CoreContext,
        inbox.agent,
        conversationId,
        ids[10]!,
      ).catch((cause: unknown) => String(cause));

      isWhole = typeof result !== "string";
      assert.equal((await assertThread(inbox, conversationId)).length, isWhole ? 11 : 450);
      inbox.ports.clock.advance(3_600_000);
      await inbox.runJobs();
      const stored: string[] = [];
      for await (const { value } of store.list(keys.conversations())) stored.push(value.id);
      assert.equal(stored.length, isWhole ? 2 : 1);
      let count = 0;
      for await (const _ of store.list({ start: ["message"], end: ["message", true] })) count++;
      assert.equal(count, isWhole ? 452 : 450);
      // It goes on as ever.
      await inbox.write("Next", { conversationId });
      assert.equal(wordsOf(await assertThread(inbox, conversationId)).at(-1), "Next");
      if (!isWhole) assert.match(String(result), /dead/);
    });
    assert.ok(died < 20);
  }
});

Deno.test("split() takes along what another process writes while it copies", async () => {
  for (const n of [1, 2]) {
    await using inbox = await openTestInbox();
    const { conversationId, ids } = await write(inbox, ["1", "2", "3"]);
    const { store, ports } = inbox;
    const meeting = storeMeeting(
      store,
      n,
      () => writeElsewhere(inbox, conversationId, "meanwhile"),
    );
    const context = { store: meeting, ports, adapters: new Map() } as unknown as CoreContext;

    const made = await splitConversation(context, inbox.agent, conversationId, ids[1]!);

    assert(made.ok, JSON.stringify(made));
    const moved = await assertThread(inbox, made.value.conversation.id);
    assert.deepEqual(wordsOf(moved), ["(split_from)", "2", "3", "meanwhile"]);
    assert.deepEqual(wordsOf(await assertThread(inbox, conversationId)), ["1", "(split_to)"]);
    ports.clock.advance(3_600_000);
    await inbox.runJobs();
    assert.equal((await inbox.thread(made.value.conversation.id)).length, 4);
  }
});

Deno.test("what answers a message that was split off follows it, also to a signed address", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, ids } = await write(inbox, ["Invoice?", "Shoes hurt"]);
  const reply = await inbox.reply(conversationId, "Which size?");
  await inbox.runJobs();
  const made = await split(inbox, conversationId, ids[1]!);

  const answer = (externalId: string, to: string) =>
    inbox.write(`To ${to}`, {
      externalId,
      event: {
        hints: [
          { by: "conversation", conversationId, how: "The signed reply address" },
          { by: "message", externalId: to, how: "In-Reply-To" },
        ],
      },
    });
  const toMoved = await answer("a-1", `ext-${reply.id}`);
  const toKept = await answer("a-2", "in-1");

  assert.equal(toMoved.conversationId, made.id);
  assert.equal(toKept.conversationId, conversationId);
  const trace = (await assertThread(inbox, made.id)).at(-1)?.trace.map(({ step }) => step);
  assert.ok(trace?.includes("split_followed"));
  const again = await answer("a-1", `ext-${reply.id}`);
  assert.equal(again.messageId, toMoved.messageId);
});

Deno.test("what was read stays read, and what comes after a split is unread", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, ids } = await write(inbox, ["1", "2", "3", "4", "5", "6"]);
  const { conversations } = inbox.core;
  const isUnread = async (id: string) => {
    const found = await conversations.get(inbox.agent, id);
    assert(found.ok);
    return found.value.unread;
  };
  await conversations.markRead(inbox.agent, conversationId);

  const made = await split(inbox, conversationId, ids[1]!);

  assert.deepEqual([await isUnread(conversationId), await isUnread(made.id)], [false, false]);
  await inbox.write("new in the old", { conversationId });
  assert.deepEqual([await isUnread(conversationId), await isUnread(made.id)], [true, false]);
  await inbox.write("new in the new", { conversationId: made.id });
  assert.equal(await isUnread(made.id), true);
  assert.equal((await conversations.counts(inbox.agent)).all?.unread, 2);
});

Deno.test("a reply that is being sent while it is split off ends as sent, where it is then", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, ids } = await write(inbox, ["1", "2"]);
  const asked = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  inbox.answers.push(async (part) => {
    asked.resolve();
    await go.promise;
    return ok({ externalId: `ext-${part.outboxId}`, status: "sent" as const });
  });
  const reply = await inbox.reply(conversationId, "On its way");
  await asked.promise;

  const made = await split(inbox, conversationId, ids[1]!);
  go.resolve();
  await inbox.runJobs();

  const moved = (await assertThread(inbox, made.id)).find(({ id }) => id === reply.id);
  assert.equal(moved?.status, "sent");
  assert.equal(inbox.sent.length, 1);
  assert.equal((await Array.fromAsync(inbox.store.list(keys.outboxOf(made.id)))).length, 0);
});

Deno.test("replies that wait go along, are sent once, and can be taken back", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, ids } = await write(inbox, ["1", "2"]);
  const undone = await inbox.reply(conversationId, "Undone", { undoSeconds: 20 });
  const sent = await inbox.reply(conversationId, "Sent", { undoSeconds: 20 });

  const made = await split(inbox, conversationId, ids[1]!);
  const canceled = await inbox.core.messages.cancel(inbox.agent, undone.id);
  inbox.ports.clock.advance(60_000);
  await inbox.runJobs();

  assert(canceled.ok, JSON.stringify(canceled));
  assert.deepEqual(inbox.sent.map(({ outboxId }) => outboxId), [sent.id]);
  const statuses = (await assertThread(inbox, made.id)).map(({ status }) => status);
  assert.deepEqual(statuses, ["received", "received", "canceled", "sent"]);
});

Deno.test("a receipt finds a reply that was split off", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, ids } = await write(inbox, ["1", "2"]);
  const reply = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  const made = await split(inbox, conversationId, ids[1]!);

  await inbox.core.inbound.ingest(inbox.channelId, {
    type: "status",
    externalId: "s-1",
    occurredAt: inbox.ports.clock.now(),
    target: { by: "external", messageExternalId: `ext-${reply.id}` },
    status: "delivered",
  });

  const moved = (await assertThread(inbox, made.id)).find(({ id }) => id === reply.id);
  assert.equal(moved?.status, "delivered");
});

Deno.test("split() while everybody writes loses and doubles nothing", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, ids } = await write(inbox, ["0", "1", "2"]);

  const [made] = await Promise.all([
    split(inbox, conversationId, ids[1]!),
    ...Array.from({ length: 10 }, (_, i) => inbox.write(`in ${i}`, { conversationId })),
    ...Array.from(
      { length: 10 },
      (_, i) =>
        inbox.core.messages.post(inbox.agent, conversationId, { kind: "comment", text: `c ${i}` }),
    ),
    split(inbox, conversationId, ids[1]!).catch(() => {}),
  ]);

  const all = [
    ...wordsOf(await assertThread(inbox, conversationId)),
    ...wordsOf(await assertThread(inbox, made.id)),
  ].filter((text) => !text.startsWith("("));
  assert.equal(all.length, 23);
  assert.equal(new Set(all).size, 23);
});

Deno.test("split() refuses what cannot be split, and who may not", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, ids } = await write(inbox, ["1", "2"]);
  const other = await inbox.write("Other", { from: "else@example.com" });
  const { core, agent } = inbox;
  await core.conversations.update(agent, conversationId, { tags: ["x"] });
  const line = (await inbox.thread(conversationId)).at(-1);
  const viewer: Principal = { ...agent, user: { ...agent.user, role: "viewer" } };
  const stranger: Principal = { ...agent, inboxIds: new Set() };
  const table: readonly [Principal, string, string][] = [
    [agent, ids[0]!, "invalid"],
    [agent, line?.id ?? "", "invalid"],
    [agent, other.messageId, "invalid"],
    [agent, "msg_none", "invalid"],
    [viewer, ids[1]!, "forbidden"],
    [stranger, ids[1]!, "not_found"],
  ];
  for (const [who, messageId, code] of table) {
    const result = await core.threads.split(who, conversationId, messageId);
    assert.equal(result.ok ? "ok" : result.error.code, code, messageId);
  }
  assert.equal((await assertThread(inbox, conversationId)).length, 3);
});

Deno.test("split() asked for twice with one key is done once", async () => {
  await using inbox = await openTestInbox();
  const { conversationId, ids } = await write(inbox, ["1", "2"]);
  const once = { idempotency: { scope: "me", key: "k", bodyHash: "h" } };
  const { threads } = inbox.core;

  const first = await threads.split(inbox.agent, conversationId, ids[1]!, once);
  const second = await threads.split(inbox.agent, conversationId, ids[1]!, once);

  assert(first.ok && second.ok);
  assert.equal(second.value.id, first.value.id);
});

Deno.test("files and raw deliveries of a message that was split off are read with the rights of where it is", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await write(inbox, ["1"]);
  const file = await inbox.write("With a file", {
    conversationId,
    event: {
      parts: [
        { kind: "text", text: "With a file" },
        { kind: "media", name: "a.txt", type: "text/plain", bytes: new Uint8Array([1, 2]) },
      ],
    },
  });
  const made = await split(inbox, conversationId, file.messageId);
  const root: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };
  const elsewhere = await inbox.core.inboxes.create(root, { name: "Elsewhere" });
  assert(elsewhere.ok);
  const [attachment] = (await assertThread(inbox, made.id)).at(-1)?.attachments ?? [];

  assert((await inbox.core.attachments.open(inbox.agent, attachment!.id)).ok);
  const moved = await inbox.core.conversations.update(root, made.id, {
    inboxId: elsewhere.value.id,
  });

  assert(moved.ok);
  const refused = await inbox.core.attachments.open(inbox.agent, attachment!.id);
  assert.equal(refused.ok ? "ok" : refused.error.code, "not_found");
});

Deno.test("what is told of a message while it is copied elsewhere is not lost", async () => {
  for (const n of [1, 2]) {
    await using inbox = await openTestInbox();
    const { store, ports } = inbox;
    const { conversationId, ids } = await write(inbox, ["1"]);
    await inbox.write("2", { conversationId, externalId: "two" });
    await inbox.write("3", { conversationId, externalId: "three" });
    const tell = async () => {
      const about = { occurredAt: 5, messageExternalId: "two" };
      const events: readonly NewsEvent[] = [
        { type: "message_updated", externalId: "e", ...about, text: "2 edited" },
        {
          type: "reaction",
          externalId: "r",
          ...about,
          emoji: "👍",
          identities: [{ kind: "x", value: "1", verified: true }],
          name: "Ana",
        },
        { type: "message_deleted", externalId: "d", ...about, messageExternalId: "three" },
      ];
      const channel = await store.get(keys.channel(inbox.channelId));
      assert(channel !== null);
      // Another process, which waits for no turn of this one.
      const elsewhere = { store: storeElsewhere(store), ports } as unknown as CoreContext;
      for (const event of events) await ingestNews(elsewhere, channel, event, {});
    };
    const meeting = storeMeeting(store, n, tell);
    const context = { store: meeting, ports, adapters: new Map() } as unknown as CoreContext;

    const known = await store.get(keys.dedupe(inbox.channelId, "two"));
    assert(known !== null && "messageId" in known && ids.length === 1);
    const made = await splitConversation(context, inbox.agent, conversationId, known.messageId);
    assert(made.ok, JSON.stringify(made));
    ports.clock.advance(3_600_000);
    await inbox.runJobs();

    const [, two, three] = await inbox.thread(made.value.conversation.id);
    assert.deepEqual([two?.text, two?.reactions?.length], ["2 edited", 1], `at commit ${n}`);
    assert.deepEqual([three?.text, three?.deletedAt], ["", 5], `at commit ${n}`);
  }
});
