import assert from "node:assert/strict";
import type { InboundEvent } from "../channel/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys } from "../store/mod.ts";

const THREAD = { by: "thread", threadKey: "t-1", how: "test" } as const;

function open(inbox: TestInbox) {
  return inbox.write("Hi", { event: { hints: [THREAD] } });
}

async function take(inbox: TestInbox, event: InboundEvent) {
  return (await inbox.core.inbound.ingest(inbox.channelId, event))?.kind;
}

Deno.test("typing of a customer is shown live, and not once it is over", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await open(inbox);
  const now = inbox.ports.clock.now();
  const typing = { type: "typing", externalId: "typing-1", threadKey: "t-1" } as const;
  const typists = () =>
    inbox.core.presence.typists(conversationId).map(({ type, name }) => ({ type, name }));

  assert.equal(await take(inbox, { ...typing, occurredAt: now - 6_000 }), "ignored");
  assert.deepEqual(typists(), []);

  assert.equal(await take(inbox, { ...typing, occurredAt: now }), "updated");
  assert.deepEqual(typists(), [{ type: "contact", name: "ana" }]);

  inbox.ports.clock.advance(6_000);
  assert.deepEqual(typists(), []);
  assert.equal(
    await take(inbox, { ...typing, threadKey: "other", occurredAt: now + 6_000 }),
    "ignored",
  );
});

Deno.test("control is told in its thread once, and wakes nobody", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await open(inbox);
  const before = await inbox.conversation(conversationId);
  const control = {
    type: "control",
    externalId: "control-1",
    occurredAt: 5,
    threadKey: "t-1",
    name: "thread_taken",
    payload: "Somebody answers in the provider's own inbox",
  } as const;

  assert.equal(await take(inbox, control), "stored");
  assert.equal(await take(inbox, control), "duplicate");
  assert.equal(await take(inbox, { ...control, externalId: "c-2", threadKey: "x" }), "ignored");

  const [, line, more] = await inbox.thread(conversationId);
  assert.deepEqual(line?.event, { type: "control", from: null, to: "thread_taken" });
  assert.equal(line?.text, "Somebody answers in the provider's own inbox");
  assert.equal(more, undefined);
  const { lastUnreadSeq, version, waitingSince } = await inbox.conversation(conversationId);
  assert.deepEqual({ lastUnreadSeq, version, waitingSince }, {
    lastUnreadSeq: before.lastUnreadSeq,
    version: before.version,
    waitingSince: before.waitingSince,
  });
});

Deno.test("channel_problem marks the channel until a send goes through", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await open(inbox);
  const channel = async () => {
    const found = await inbox.store.get(keys.channel(inbox.channelId));
    return [found?.status, found?.error];
  };

  await take(inbox, {
    type: "channel_problem",
    externalId: "problem-1",
    occurredAt: 5,
    code: "token_expired",
    message: "The Page's access has expired: connect it again",
  });
  assert.deepEqual(await channel(), [
    "error",
    "The Page's access has expired: connect it again",
  ]);

  await inbox.reply(conversationId, "Hello");
  await inbox.runJobs();
  assert.deepEqual(await channel(), ["ready", null]);
});

Deno.test("control and channel_problem are told as far as there is room", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await open(inbox);
  const long = "x".repeat(90_000);
  const facts = { externalId: "long", occurredAt: 5 };

  await take(inbox, { type: "control", ...facts, threadKey: "t-1", name: long, payload: long });
  await take(inbox, { type: "channel_problem", ...facts, code: long, message: long });

  assert.equal((await inbox.thread(conversationId)).at(-1)?.text.length, 300);
  const channel = await inbox.store.get(keys.channel(inbox.channelId));
  assert.equal(channel?.error?.length, 1_000);
});
