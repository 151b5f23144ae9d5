import assert from "node:assert/strict";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Batch } from "../store/mod.ts";
import { keys } from "../store/mod.ts";

Deno.test("ingestMessage() makes contact, conversation and message in one commit", async () => {
  await using inbox = await openTestInbox();

  const { conversationId, messageId } = await inbox.write("Hello\nthere", {
    from: "ana@example.com",
  });

  const conversation = await inbox.conversation(conversationId);
  assert.equal(conversation.preview, "Hello there");
  assert.equal(conversation.status, "open");
  assert.equal(conversation.contactName, "ana");
  assert.equal(conversation.waitingSince, inbox.ports.clock.now());
  assert.equal(conversation.version, 1);
  const [message] = await inbox.thread(conversationId);
  assert.equal(message?.id, messageId);
  assert.equal(message?.text, "Hello\nthere");
  assert.deepEqual(message?.trace.map(({ step }) => step), ["contact_created"]);
  assert.deepEqual(await inbox.store.get(keys.liveConversation(conversationId)), conversation);
});

Deno.test("ingestMessage() stores the same external id once, also 20 times at once", async () => {
  await using inbox = await openTestInbox();

  const results = await Promise.all(
    Array.from({ length: 20 }, () => inbox.write("Once", { externalId: "same" })),
  );

  assert.equal(new Set(results.map(({ messageId }) => messageId)).size, 1);
  const [first] = results;
  assert.equal((await inbox.thread(first!.conversationId)).length, 1);
});

Deno.test("ingestMessage() loses nothing of 100 messages at once in one conversation", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("First");

  await Promise.all(
    Array.from({ length: 100 }, (_, i) => inbox.write(`No. ${i}`, { conversationId })),
  );

  const thread = await inbox.thread(conversationId);
  assert.deepEqual(thread.map(({ seq }) => seq), Array.from({ length: 101 }, (_, i) => i + 1));
  assert.equal(new Set(thread.map(({ text }) => text)).size, 101);
  assert.equal((await inbox.conversation(conversationId)).version, 101);
});

Deno.test("ingestMessage() puts a sender's first messages, come at once, into one thread of the provider", async () => {
  await using inbox = await openTestInbox();
  const event = { hints: [{ by: "thread", threadKey: "t1", how: "test" }] } as const;

  const results = await Promise.all(
    Array.from(
      { length: 10 },
      (_, i) => inbox.write(`No. ${i}`, { event: { hints: [...event.hints] } }),
    ),
  );

  assert.equal(new Set(results.map(({ conversationId }) => conversationId)).size, 1);
});

Deno.test("ingestMessage() puts people who begin one thread at the same moment into one conversation", async () => {
  await using inbox = await openTestInbox();
  const hints = [{ by: "thread" as const, threadKey: "group", how: "test" }];

  const results = await Promise.all(
    Array.from(
      { length: 5 },
      (_, i) => inbox.write(`No. ${i}`, { from: `p${i}@example.com`, event: { hints } }),
    ),
  );

  assert.equal(new Set(results.map(({ conversationId }) => conversationId)).size, 1);
});

Deno.test("ingestMessage() takes a new sender's hundred files in one commit", async () => {
  await using inbox = await openTestInbox();
  const files = Array.from({ length: 100 }, (_, i) => ({
    kind: "media" as const,
    name: `photo ${i}.jpg`,
    type: "image/jpeg",
    bytes: new Uint8Array(10),
  }));

  const { conversationId } = await inbox.write("", {
    event: { parts: [{ kind: "text", text: "See here" }, ...files] },
  });

  const [message] = await inbox.thread(conversationId);
  assert.equal(message?.attachments.length, 100);
});

for (const status of ["closed", "snoozed", "trash"] as const) {
  Deno.test(`ingestMessage() opens a ${status} conversation again`, async () => {
    await using inbox = await openTestInbox();
    const { conversationId } = await inbox.write("First");
    const snoozedUntil = status === "snoozed" ? inbox.ports.clock.now() + 60_000 : undefined;
    const changed = await inbox.core.conversations.update(inbox.agent, conversationId, {
      status,
      snoozedUntil,
    });
    assert(changed.ok);

    await inbox.write("Again", { conversationId });

    const conversation = await inbox.conversation(conversationId);
    assert.equal(conversation.status, "open");
    assert.equal(conversation.snoozedUntil, null);
  });
}

Deno.test("ingestMessage() leaves spam where it is", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Buy");
  await inbox.core.conversations.update(inbox.agent, conversationId, { status: "spam" });

  await inbox.write("Buy more", { conversationId });

  assert.equal((await inbox.conversation(conversationId)).status, "spam");
});

Deno.test("ingestMessage() files what a blocked contact writes as spam", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("First", { from: "eve@example.com" });
  const { contactId } = await inbox.conversation(conversationId);
  await inbox.core.contacts.update(inbox.agent, contactId, { blocked: true });

  await inbox.write("Again", { conversationId, from: "eve@example.com" });
  const next = await inbox.write("New", { from: "eve@example.com" });

  assert.equal((await inbox.conversation(conversationId)).status, "spam");
  assert.equal((await inbox.conversation(next.conversationId)).status, "spam");
  assert.equal((await inbox.core.conversations.counts(inbox.agent)).all?.open, 0);
});

Deno.test("ingestMessage() keeps automatic mail without waking anybody", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  await inbox.core.messages.post(inbox.agent, conversationId, { kind: "reply", text: "Answer" });
  await inbox.core.conversations.update(inbox.agent, conversationId, { status: "closed" });

  await inbox.write("I am away", { conversationId, event: { automatic: true } });

  const conversation = await inbox.conversation(conversationId);
  assert.equal(conversation.status, "closed");
  assert.equal(conversation.waitingSince, null);
  const thread = await inbox.thread(conversationId);
  assert(thread.at(-1)?.trace.some(({ step }) => step === "automatic"));
});

Deno.test("ingestMessage() never follows a hint into another channel", async () => {
  await using inbox = await openTestInbox();
  const root = { type: "token", id: "tok", name: "Root", role: "owner" } as const;
  const other = await inbox.core.channels.create(root, {
    type: "scripted",
    inboxId: inbox.inboxId,
    name: "Other",
    config: { token: "x" },
  });
  assert(other.ok);
  const { conversationId } = await inbox.write("Mine");

  const result = await inbox.core.inbound.ingest(other.value.id, {
    type: "message",
    externalId: "foreign",
    occurredAt: 0,
    direction: "in",
    sender: { identities: [{ kind: "email", value: "eve@example.com", verified: true }] },
    hints: [{ by: "conversation", conversationId, how: "a forged address" }],
    parts: [{ kind: "text", text: "Let me in" }],
  });

  assert(result?.kind === "stored");
  assert.notEqual(result.conversationId, conversationId);
  const [message] = await inbox.thread(result.conversationId);
  assert(message?.trace.some(({ step }) => step === "hint_refused"));
});

Deno.test("ingestMessage() keeps a body of 3 MB and attachments of any size whole", async () => {
  await using inbox = await openTestInbox();
  const text = "ä".repeat(1_500_000);
  const large = crypto.getRandomValues(new Uint8Array(60_000));
  const huge = new Uint8Array(1_000_000).fill(7);

  const { conversationId, messageId } = await inbox.write("", {
    event: {
      parts: [
        { kind: "text", text, html: `<p>${text}</p>` },
        { kind: "media", name: "../large.bin", type: "application/octet-stream", bytes: large },
        { kind: "media", name: "huge.bin", type: "application/octet-stream", bytes: huge },
      ],
    },
  });

  const [message] = await inbox.thread(conversationId);
  assert.equal(message?.text.length, 1_000);
  const html = await inbox.core.messages.html(inbox.agent, messageId, { images: false });
  assert(html.ok && html.value.length > 1_500_000);
  assert.deepEqual(message?.attachments.map(({ name, size }) => [name, size]), [
    ["large.bin", 60_000],
    ["huge.bin", 1_000_000],
  ]);
  const opened = await inbox.core.attachments.open(inbox.agent, message!.attachments[1]!.id);
  assert(opened.ok);
  const bytes = new Uint8Array(await new Response(opened.value.stream()).arrayBuffer());
  assert.deepEqual(bytes, huge);
});

Deno.test("ingestMessage() costs at most 12 mutations, 8 checks and one commit on an open, assigned, tagged conversation", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("First");
  await inbox.core.conversations.update(inbox.agent, conversationId, {
    assigneeId: inbox.agent.user.id,
    tags: ["warranty"],
    priority: "high",
  });
  const batches: Batch[] = [];
  const apply = inbox.store.apply.bind(inbox.store);
  inbox.store.apply = (batch) => {
    // Followers of the log come behind it, with one commit for up to a hundred messages.
    if (!batch.writes.some(({ path }) => path[0] === "cursor")) batches.push(batch);
    return apply(batch);
  };

  await inbox.write("Second", { conversationId });

  assert.equal(batches.length, 1);
  const [batch] = batches;
  // The log entry and the head key come on top of what the batch names.
  assert(batch!.writes.length + 2 <= 12, `${batch!.writes.length + 2} mutations`);
  assert(batch!.checks.length <= 8, `${batch!.checks.length} checks`);
});
