import assert from "node:assert/strict";
import { ok } from "../channel/mod.ts";
import { keys, transact } from "../store/mod.ts";
import { refusal } from "../../tests/fakes/scripted_adapter.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

async function receipt(
  inbox: TestInbox,
  outboxId: string,
  status: "sent" | "delivered" | "read" | "failed",
  occurredAt = inbox.ports.clock.now(),
) {
  await inbox.core.inbound.ingest(inbox.channelId, {
    type: "status",
    externalId: `${outboxId}-${status}`,
    occurredAt,
    status,
    target: { by: "outbox", outboxId },
  });
}

async function outboxOf(inbox: TestInbox, conversationId: string) {
  return await Array.fromAsync(inbox.store.list(keys.outboxOf(conversationId)));
}

for (const status of ["delivered", "read", "failed"] as const) {
  Deno.test(`a receipt "${status}" that comes before the provider's own answer stands`, async () => {
    await using inbox = await openTestInbox();
    const { conversationId } = await inbox.write("Question");
    inbox.answers.push(async ({ outboxId }) => {
      await receipt(inbox, outboxId, status);
      return ok({ externalId: "ext", status: "sent" });
    });

    await inbox.reply(conversationId, "Answer");
    await inbox.runJobs();

    const message = (await inbox.thread(conversationId)).at(-1);
    assert.equal(message?.status, status);
    assert.equal(message?.externalId, "ext");
    assert.deepEqual(await outboxOf(inbox, conversationId), []);
    const { failedMessageId } = await inbox.conversation(conversationId);
    assert.equal(failedMessageId, status === "failed" ? message?.id : null);
  });
}

for (const code of ["ambiguous", "unavailable"] as const) {
  Deno.test(`a message that was delivered although the provider said "${code}" is not sent again`, async () => {
    await using inbox = await openTestInbox({ capabilities: { idempotentSend: true } });
    const { conversationId } = await inbox.write("Question");
    inbox.answers.push(async ({ outboxId }) => {
      await receipt(inbox, outboxId, "delivered");
      return refusal(code);
    }, refusal(code));

    const during = await inbox.reply(conversationId, "One");
    await inbox.runJobs();
    const between = await inbox.reply(conversationId, "Two");
    await inbox.runJobs();
    await receipt(inbox, between.id, "delivered");
    inbox.ports.clock.advance(24 * 3_600_000);
    await inbox.runJobs();

    assert.deepEqual(inbox.sent.map(({ outboxId }) => outboxId), [during.id, between.id]);
    const thread = await inbox.thread(conversationId);
    assert.deepEqual(thread.slice(1).map((one) => one.status), ["delivered", "delivered"]);
    assert(thread.every((one) => one.error === undefined));
    assert.deepEqual(await outboxOf(inbox, conversationId), []);
  });
}

Deno.test("a message that is known to have arrived cannot be taken back between two tries", async () => {
  await using inbox = await openTestInbox({ capabilities: { idempotentSend: true } });
  const { conversationId } = await inbox.write("Question");
  inbox.answers.push(refusal("ambiguous"));
  const { id } = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  await receipt(inbox, id, "delivered");

  const canceled = await inbox.core.messages.cancel(inbox.agent, id);

  assert(!canceled.ok && canceled.error.code === "conflict");
  assert.equal((await inbox.thread(conversationId)).at(-1)?.status, "delivered");
});

Deno.test("a message whose process died is not doubtful when a receipt says that it arrived", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const message = await inbox.reply(conversationId, "Answer", { undoSeconds: 5 });
  const key = keys.outbox(conversationId, message.seq);
  await transact(inbox.store, async (tx) => {
    const outbox = await tx.get(key);
    tx.set(key, { ...outbox!, state: "sending", attempts: 1 });
    tx.set(keys.message(conversationId, message.seq), { ...message, status: "sending" });
  });
  await receipt(inbox, message.id, "read");

  inbox.ports.clock.advance(5_000);
  await inbox.runJobs();

  assert.equal((await inbox.thread(conversationId)).at(-1)?.status, "read");
  assert.equal((await inbox.conversation(conversationId)).failedMessageId, null);
  assert.deepEqual(inbox.sent, []);
});

Deno.test("a receipt clears the doubt about a message from its row", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  inbox.answers.push(refusal("ambiguous"));
  const message = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  assert.equal((await inbox.conversation(conversationId)).failedMessageId, message.id);

  await receipt(inbox, message.id, "delivered");

  assert.equal((await inbox.conversation(conversationId)).failedMessageId, null);
  assert.equal((await inbox.thread(conversationId)).at(-1)?.error, undefined);
});

Deno.test("a receipt from a clock that runs ahead does not put a message into the future", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  inbox.answers.push(refusal("ambiguous"));
  const message = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  const now = inbox.ports.clock.now();

  await receipt(inbox, message.id, "delivered", now + 1_000_000);

  assert.equal((await inbox.thread(conversationId)).at(-1)?.sentAt, now);
});

Deno.test("an id no key can hold does not make a sent message doubtful", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  inbox.answers.push(ok({ externalId: "x".repeat(5_000), aliases: ["", "ok"], status: "sent" }));

  const message = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();

  const sent = (await inbox.thread(conversationId)).at(-1);
  assert.equal(sent?.status, "sent");
  assert.equal(sent?.externalId, undefined);
  const known = await inbox.store.get(keys.dedupe(inbox.channelId, "ok"));
  assert(known !== null && "messageId" in known);
  assert.equal(known.messageId, message.id);
});

Deno.test("a scheduled reply answers the customer when it is sent, also after it had to wait or was refused once", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const at = inbox.ports.clock.now() + 60_000;
  const earlier = await inbox.reply(conversationId, "Now", { undoSeconds: 30 });
  await inbox.write("Hello?", { conversationId });
  const later = await inbox.reply(conversationId, "Later", { sendAt: at });
  assert.notEqual((await inbox.conversation(conversationId)).waitingSince, null);
  inbox.answers.push(
    refusal("unavailable"),
    ok({ externalId: "1", status: "sent" }),
    refusal("unavailable"),
  );

  for (let i = 0; i < 10; i++) {
    inbox.ports.clock.advance(30_000);
    await inbox.runJobs();
  }

  const ids = inbox.sent.map(({ outboxId }) => outboxId);
  assert.deepEqual(ids, [earlier.id, earlier.id, later.id, later.id]);
  assert.equal((await inbox.conversation(conversationId)).waitingSince, null);
});

Deno.test("a failed reply that is sent again answers the customer", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  inbox.answers.push(refusal("rejected"));
  const message = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  inbox.ports.clock.advance(1_000);
  await inbox.write("Hello?", { conversationId });

  await inbox.core.messages.retry(inbox.agent, message.id);
  await inbox.runJobs();

  assert.equal((await inbox.conversation(conversationId)).waitingSince, null);
});

Deno.test("who waits after a reply is taken back: the customer, unless another reply stands", async () => {
  const undo = { undoSeconds: 30 };
  for (
    const [taken, waits] of [
      [["A"], false],
      [["B"], false],
      [["A", "B"], true],
      [["B", "A"], true],
    ] as const
  ) {
    await using inbox = await openTestInbox();
    const { conversationId } = await inbox.write("Question");
    const since = (await inbox.conversation(conversationId)).waitingSince;
    inbox.ports.clock.advance(1_000);
    const ids = {
      A: (await inbox.reply(conversationId, "A", undo)).id,
      B: (await inbox.reply(conversationId, "B", undo)).id,
    };

    for (const name of taken) {
      const canceled = await inbox.core.messages.cancel(inbox.agent, ids[name]);
      assert(canceled.ok);
    }

    const { waitingSince } = await inbox.conversation(conversationId);
    assert.equal(waitingSince, waits ? since : null, taken.join(" "));
  }
});

Deno.test("who wrote again keeps waiting since their first question when the reply between is taken back", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const since = (await inbox.conversation(conversationId)).waitingSince;
  inbox.ports.clock.advance(1_000);
  const { id } = await inbox.reply(conversationId, "A", { undoSeconds: 30 });
  inbox.ports.clock.advance(1_000);
  await inbox.write("And", { conversationId });

  await inbox.core.messages.cancel(inbox.agent, id);

  assert.equal((await inbox.conversation(conversationId)).waitingSince, since);
});
