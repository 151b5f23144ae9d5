import assert from "node:assert/strict";
import { err, ok } from "../channel/mod.ts";
import { keys } from "../store/mod.ts";
import { refusal } from "../../tests/fakes/scripted_adapter.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

async function statuses(inbox: TestInbox, conversationId: string): Promise<string[]> {
  return (await inbox.thread(conversationId)).filter(({ kind }) => kind === "reply").map((
    { status },
  ) => status);
}

Deno.test("a reply goes out, is known by the provider's id and takes the conversation for its author", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");

  const message = await inbox.reply(conversationId, "Answer");
  assert.equal(message.status, "queued");
  await inbox.runJobs();

  assert.deepEqual(await statuses(inbox, conversationId), ["sent"]);
  assert.deepEqual(inbox.sent.map(({ text, authorName }) => [text, authorName]), [[
    "Answer",
    "Nora Visser",
  ]]);
  const conversation = await inbox.conversation(conversationId);
  assert.equal(conversation.waitingSince, null);
  assert.equal(conversation.assigneeId, inbox.agent.user.id);
  const known = await inbox.store.get(keys.dedupe(inbox.channelId, `ext-${message.id}`));
  assert(known !== null && "messageId" in known);
  assert.equal(known.messageId, message.id);
  assert.equal(await inbox.store.get(keys.outbox(conversationId, message.seq)), null);
});

Deno.test("replies of one conversation leave in their order, also when the first has to be retried", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  inbox.answers.push(refusal("unavailable"));

  await inbox.reply(conversationId, "One");
  await inbox.reply(conversationId, "Two");
  await inbox.reply(conversationId, "Three");
  await inbox.runJobs();
  assert.deepEqual(inbox.sent.map(({ text }) => text), ["One"]);
  assert.deepEqual(await statuses(inbox, conversationId), ["queued", "queued", "queued"]);
  inbox.ports.clock.advance(5_000);
  await inbox.runJobs();

  assert.deepEqual(inbox.sent.map(({ text }) => text), ["One", "One", "Two", "Three"]);
  assert.deepEqual(await statuses(inbox, conversationId), ["sent", "sent", "sent"]);
});

Deno.test("20 replies posted at once are each sent once, in the order of the thread", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");

  await Promise.all(Array.from({ length: 20 }, (_, i) => inbox.reply(conversationId, `No. ${i}`)));
  await inbox.runJobs();

  const thread = await inbox.thread(conversationId);
  const replies = thread.filter(({ kind }) => kind === "reply");
  assert.deepEqual(inbox.sent.map(({ text }) => text), replies.map(({ text }) => text));
  assert.equal(replies.length, 20);
});

Deno.test("a refused reply fails with the provider's reason, marks the row, and goes out on retry", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  inbox.answers.push(refusal("recipient_unreachable"));

  const message = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  const failed = await inbox.thread(conversationId);
  assert.equal(failed.at(-1)?.status, "failed");
  assert.equal(failed.at(-1)?.error?.code, "recipient_unreachable");
  assert.equal((await inbox.conversation(conversationId)).failedMessageId, message.id);

  const retried = await inbox.core.messages.retry(inbox.agent, message.id);
  assert(retried.ok);
  await inbox.runJobs();

  assert.deepEqual(await statuses(inbox, conversationId), ["sent"]);
  assert.equal((await inbox.conversation(conversationId)).failedMessageId, null);
  const again = await inbox.core.messages.retry(inbox.agent, message.id);
  assert(!again.ok && again.error.code === "conflict");
});

for (const how of ["ambiguous", "throw"] as const) {
  Deno.test(`a send that ends in "${how}" is put to the agent, not repeated, and holds nothing back`, async () => {
    await using inbox = await openTestInbox();
    const { conversationId } = await inbox.write("Question");
    inbox.answers.push(how === "throw" ? "throw" : refusal("ambiguous"));

    await inbox.reply(conversationId, "One");
    await inbox.reply(conversationId, "Two");
    await inbox.runJobs();
    inbox.ports.clock.advance(24 * 60 * 60 * 1_000);
    await inbox.runJobs();

    assert.deepEqual(await statuses(inbox, conversationId), ["ambiguous", "sent"]);
    assert.deepEqual(inbox.sent.map(({ text }) => text), ["One", "Two"]);
  });
}

Deno.test("an ambiguous send is repeated where the provider drops the second one", async () => {
  await using inbox = await openTestInbox({ capabilities: { idempotentSend: true } });
  const { conversationId } = await inbox.write("Question");
  inbox.answers.push(refusal("ambiguous"));

  await inbox.reply(conversationId, "One");
  await inbox.runJobs();
  inbox.ports.clock.advance(5_000);
  await inbox.runJobs();

  assert.deepEqual(await statuses(inbox, conversationId), ["sent"]);
  assert.deepEqual(new Set(inbox.sent.map(({ outboxId }) => outboxId)).size, 1);
});

Deno.test("a rate limit waits as long as it says", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  inbox.answers.push(
    err({ code: "rate_limited", message: "slow", retryAfterMs: 90_000, scope: "channel" }),
  );

  await inbox.reply(conversationId, "One");
  await inbox.runJobs();
  inbox.ports.clock.advance(89_000);
  await inbox.runJobs();
  assert.equal(inbox.sent.length, 1);
  inbox.ports.clock.advance(1_000);
  await inbox.runJobs();

  assert.deepEqual(await statuses(inbox, conversationId), ["sent"]);
});

Deno.test("a process that dies while sending leaves an ambiguous message behind", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const message = await inbox.reply(conversationId, "One");
  const outbox = await inbox.store.get(keys.outbox(conversationId, message.seq));
  // What the claim commits before the provider is called; then nothing more happened.
  const { transact } = await import("../store/mod.ts");
  await transact(inbox.store, (tx) => {
    tx.set(keys.outbox(conversationId, message.seq), { ...outbox!, state: "sending", attempts: 1 });
    tx.set(keys.message(conversationId, message.seq), { ...message, status: "sending" });
    return Promise.resolve();
  });

  await inbox.runJobs();

  assert.equal(inbox.sent.length, 0);
  assert.deepEqual(await statuses(inbox, conversationId), ["ambiguous"]);
});

Deno.test("undo takes a reply back while its time runs, and the customer waits again", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const waitingSince = (await inbox.conversation(conversationId)).waitingSince;

  const message = await inbox.reply(conversationId, "Oops", { undoSeconds: 10 });
  inbox.ports.clock.advance(9_000);
  await inbox.runJobs();
  const canceled = await inbox.core.messages.cancel(inbox.agent, message.id);
  assert(canceled.ok);
  inbox.ports.clock.advance(60_000);
  await inbox.runJobs();

  assert.equal(inbox.sent.length, 0);
  assert.deepEqual(await statuses(inbox, conversationId), ["canceled"]);
  // It had given the conversation to its author.
  assert.equal((await inbox.conversation(conversationId)).assigneeId, null);
  const conversation = await inbox.conversation(conversationId);
  assert.equal(conversation.waitingSince, waitingSince);
  assert.equal(conversation.preview, "Question");
});

Deno.test("a reply that is being sent can no longer be taken back", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const started = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  inbox.answers.push(async () => {
    started.resolve();
    await answer.promise;
    return ok({ externalId: null, status: "sent" });
  });

  const message = await inbox.reply(conversationId, "One");
  const running = inbox.runJobs();
  await started.promise;
  const canceled = await inbox.core.messages.cancel(inbox.agent, message.id);
  answer.resolve();
  await running;

  assert(!canceled.ok && canceled.error.code === "conflict");
  assert.deepEqual(await statuses(inbox, conversationId), ["sent"]);
});

Deno.test("a scheduled reply leaves at its time, answers nobody before, and holds nothing back", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const sendAt = inbox.ports.clock.now() + 3_600_000;

  await inbox.reply(conversationId, "Later", { sendAt });
  assert.notEqual((await inbox.conversation(conversationId)).waitingSince, null);
  await inbox.reply(conversationId, "Now");
  await inbox.runJobs();
  assert.deepEqual(await statuses(inbox, conversationId), ["scheduled", "sent"]);
  inbox.ports.clock.set(sendAt);
  await inbox.runJobs();

  assert.deepEqual(inbox.sent.map(({ text }) => text), ["Now", "Later"]);
  assert.deepEqual(await statuses(inbox, conversationId), ["sent", "sent"]);
});

Deno.test("the version guard sends nothing when the customer wrote meanwhile", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("One");
  const { version } = await inbox.conversation(conversationId);
  await inbox.core.conversations.update(inbox.agent, conversationId, { tags: ["x"] });
  const { seq } = await inbox.write("Two", { conversationId });

  const late = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "reply",
    text: "To one",
    ifVersion: version,
  });

  assert(!late.ok && late.error.code === "version_conflict");
  const since = await inbox.core.messages.list(inbox.agent, conversationId, {
    afterSeq: late.error.sinceSeq,
  });
  assert(since.ok);
  assert.deepEqual(
    since.value.items.filter(({ kind }) => kind === "inbound").map((one) => one.seq),
    [seq],
  );
  await inbox.runJobs();
  assert.equal(inbox.sent.length, 0);
});

Deno.test("the same client id is one message; with another body it is a conflict", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("One");
  const input = { id: "client-id-1", kind: "reply", text: "Once" } as const;

  const results = await Promise.all(
    Array.from({ length: 20 }, () => inbox.core.messages.post(inbox.agent, conversationId, input)),
  );
  const other = await inbox.core.messages.post(inbox.agent, conversationId, {
    ...input,
    text: "Other",
  });
  await inbox.runJobs();

  assert.equal(results.filter((one) => one.ok && !one.value.isReplay).length, 1);
  assert.equal(results.every((one) => one.ok), true);
  assert(!other.ok && other.error.code === "conflict");
  assert.deepEqual(inbox.sent.map(({ text }) => text), ["Once"]);
});

Deno.test("an idempotency key gives the first result again, and refuses another body", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("One");
  const input = { kind: "comment", text: "Note" } as const;
  const once = (bodyHash: string) => ({ idempotency: { scope: "s", key: "k", bodyHash } });

  const first = await inbox.core.messages.post(inbox.agent, conversationId, input, once("a"));
  const again = await inbox.core.messages.post(inbox.agent, conversationId, input, once("a"));
  const other = await inbox.core.messages.post(inbox.agent, conversationId, input, once("b"));

  assert(first.ok && again.ok);
  assert.equal(again.value.message.id, first.value.message.id);
  assert(!other.ok && other.error.code === "idempotency_mismatch");
  assert.equal((await inbox.thread(conversationId)).length, 2);
});

Deno.test("the composer's limits are the channel's", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("One");
  const post = (input: object) =>
    inbox.core.messages.post(inbox.agent, conversationId, { kind: "reply", ...input });

  for (
    const [input, path] of [
      [{ text: "x".repeat(1_001) }, "text"],
      [{ text: "  " }, "text"],
      [{ text: "x", cc: ["a@example.com"] }, "cc"],
      [{ text: "x", attachmentIds: ["att_none"] }, "attachmentIds.0"],
      [{ text: "x", sendAt: 1 }, "sendAt"],
      [{ kind: "comment", text: "x", sendAt: inbox.ports.clock.now() + 1 }, "sendAt"],
    ] as const
  ) {
    const posted = await post(input);
    assert(!posted.ok && posted.error.code === "invalid", JSON.stringify(input));
    assert.equal(posted.error.errors[0]?.path, path);
  }
});

Deno.test("a revoked credential breaks the channel until a send works again", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("One");
  inbox.answers.push(refusal("unauthorized"));

  const message = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  assert.equal((await inbox.store.get(keys.channel(inbox.channelId)))?.status, "error");
  await inbox.core.messages.retry(inbox.agent, message.id);
  await inbox.runJobs();

  assert.equal((await inbox.store.get(keys.channel(inbox.channelId)))?.status, "ready");
});
