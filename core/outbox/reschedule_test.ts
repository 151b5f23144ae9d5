import assert from "node:assert/strict";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";

const HOUR_MS = 3_600_000;

Deno.test("rescheduleMessage() lets a scheduled reply leave at another time, and only then", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const now = inbox.ports.clock.now();
  const { id } = await inbox.reply(conversationId, "Later", { sendAt: now + HOUR_MS });

  const moved = await inbox.core.messages.reschedule(inbox.agent, id, now + 2 * HOUR_MS);
  inbox.ports.clock.set(now + HOUR_MS);
  await inbox.runJobs();
  const early = inbox.sent.length;
  inbox.ports.clock.set(now + 2 * HOUR_MS);
  await inbox.runJobs();

  assert(moved.ok && moved.value.sendAt === now + 2 * HOUR_MS);
  assert.equal(early, 0);
  assert.deepEqual(inbox.sent.map(({ text }) => text), ["Later"]);
});

Deno.test("rescheduleMessage() without a time sends it now, once", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const now = inbox.ports.clock.now();
  const { id } = await inbox.reply(conversationId, "Now after all", { sendAt: now + HOUR_MS });

  await Promise.all(
    Array.from({ length: 20 }, () => inbox.core.messages.reschedule(inbox.agent, id, undefined)),
  );
  await inbox.runJobs();
  inbox.ports.clock.set(now + HOUR_MS);
  await inbox.runJobs();

  assert.deepEqual(inbox.sent.map(({ text }) => text), ["Now after all"]);
  assert.equal((await inbox.conversation(conversationId)).waitingSince, null);
});

Deno.test("rescheduleMessage() refuses what is not scheduled, and the past", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const now = inbox.ports.clock.now();
  const undoable = await inbox.reply(conversationId, "Soon", { undoSeconds: 30 });
  const later = await inbox.reply(conversationId, "Later", { sendAt: now + HOUR_MS });

  const notScheduled = await inbox.core.messages.reschedule(inbox.agent, undoable.id, undefined);
  const past = await inbox.core.messages.reschedule(inbox.agent, later.id, now);
  await inbox.core.messages.cancel(inbox.agent, later.id);
  const canceled = await inbox.core.messages.reschedule(inbox.agent, later.id, undefined);

  assert(!notScheduled.ok && notScheduled.error.code === "conflict");
  assert(!past.ok && past.error.code === "invalid");
  assert(!canceled.ok && canceled.error.code === "conflict");
});
