import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys, type PersonalList } from "../store/mod.ts";

const HOUR_MS = 3_600_000;

async function listed(inbox: TestInbox, list: PersonalList): Promise<readonly string[]> {
  const { items } = valueOf(await inbox.core.personal.list(inbox.agent, list, {}));
  return items.map(({ id }) => id);
}

async function placeOf(inbox: TestInbox, id: string, list: PersonalList): Promise<number | null> {
  const key = keys.personal(id, list, inbox.agent.user.id);
  return (await inbox.store.get(key))?.at ?? null;
}

Deno.test("a reply is among the sent ones once it has left, not while it can be undone, nor if it fails", async () => {
  await using inbox = await openTestInbox();
  const [a, b] = [
    (await inbox.write("One", { from: "a@example.com" })).conversationId,
    (await inbox.write("Two", { from: "b@example.com" })).conversationId,
  ];
  await inbox.reply(a, "Answer");
  const undone = await inbox.reply(b, "Oops", { undoSeconds: 30 });
  valueOf(await inbox.core.messages.cancel(inbox.agent, undone.id));
  assert.deepEqual(await listed(inbox, "sent"), []);

  await inbox.runJobs();
  assert.deepEqual(await listed(inbox, "sent"), [a]);

  inbox.ports.clock.advance(HOUR_MS);
  await inbox.reply(b, "Answer");
  await inbox.runJobs();
  assert.deepEqual(await listed(inbox, "sent"), [b, a]);
  inbox.ports.clock.advance(HOUR_MS);
  await inbox.reply(a, "Once more");
  await inbox.runJobs();
  assert.deepEqual(await listed(inbox, "sent"), [a, b]);
});

Deno.test("a conversation is among the scheduled ones at its next reply's time until none is left", async () => {
  await using inbox = await openTestInbox();
  const { core, agent, ports } = inbox;
  const { conversationId: id } = await inbox.write("Question");
  const now = ports.clock.now();
  const late = await inbox.reply(id, "Late", { sendAt: now + 3 * HOUR_MS });
  const early = await inbox.reply(id, "Early", { sendAt: now + HOUR_MS });
  const middle = await inbox.reply(id, "Middle", { sendAt: now + 2 * HOUR_MS });
  assert.equal(await placeOf(inbox, id, "scheduled"), now + HOUR_MS);

  valueOf(await core.messages.cancel(agent, early.id));
  assert.equal(await placeOf(inbox, id, "scheduled"), now + 2 * HOUR_MS);
  valueOf(await core.messages.reschedule(agent, middle.id, now + 4 * HOUR_MS));
  assert.equal(await placeOf(inbox, id, "scheduled"), now + 3 * HOUR_MS);
  ports.clock.set(now + 3 * HOUR_MS);
  await inbox.runJobs();
  assert.equal(await placeOf(inbox, id, "scheduled"), now + 4 * HOUR_MS);
  assert.deepEqual(await listed(inbox, "sent"), [id], late.id);

  ports.clock.set(now + 4 * HOUR_MS);
  await inbox.runJobs();
  assert.deepEqual(await listed(inbox, "scheduled"), []);
});

Deno.test("a scheduled reply that is split off takes the conversation's place along", async () => {
  await using inbox = await openTestInbox();
  const { core, agent, ports } = inbox;
  const { conversationId: id } = await inbox.write("Question");
  const now = ports.clock.now();
  const { messageId } = await inbox.write("Another question", { conversationId: id });
  await inbox.reply(id, "Two", { sendAt: now + 2 * HOUR_MS });
  await inbox.reply(id, "One", { sendAt: now + HOUR_MS });

  const split = valueOf(await core.threads.split(agent, id, messageId));

  assert.deepEqual(await listed(inbox, "scheduled"), [split.id]);
  assert.equal(await placeOf(inbox, split.id, "scheduled"), now + HOUR_MS);
});
