import assert from "node:assert/strict";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { InboundEvent } from "../channel/mod.ts";
import { type Leaving, mayLeave } from "./may_leave.ts";

const HOUR = 60 * 60 * 1_000;
const DAY = 24 * HOUR;
const WINDOW = { openMs: DAY, humanMs: 7 * DAY };
const REPLY = { kind: "reply", text: "Hello" } as const;

async function windowOf(inbox: TestInbox, id: string) {
  const row = await inbox.core.conversations.get(inbox.agent, id);
  assert.ok(row.ok);
  return row.value.window;
}

async function answer(inbox: TestInbox, id: string) {
  const posted = await inbox.core.messages.post(inbox.agent, id, REPLY);
  await inbox.runJobs();
  return posted.ok ? inbox.sent.at(-1)?.window : posted.error.code;
}

Deno.test("postMessage() answers in the open window, then as a person, then not at all: to the millisecond", async () => {
  for (
    const [age, state, result] of [
      [DAY - 1, "open", "open"],
      [DAY, "human", "human"],
      [7 * DAY - 1, "human", "human"],
      [7 * DAY, "closed", "window_closed"],
    ] as const
  ) {
    await using inbox = await openTestInbox({ capabilities: { window: WINDOW } });
    const { conversationId } = await inbox.write("Hi");
    inbox.ports.clock.advance(age);

    assert.equal((await windowOf(inbox, conversationId))?.state, state, `${age}`);
    assert.equal(await answer(inbox, conversationId), result, `${age}`);
    assert.equal(inbox.sent.length, result === "window_closed" ? 0 : 1);
  }
});

Deno.test("postMessage() tells a closed window in a sentence, and comments go on", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: { openMs: DAY } } });
  const { conversationId } = await inbox.write("Hi");
  inbox.ports.clock.advance(DAY);

  const posted = await inbox.core.messages.post(inbox.agent, conversationId, REPLY);
  const comment = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "comment",
    text: "Too late",
  });

  assert.ok(!posted.ok && posted.error.code === "window_closed");
  assert.match(posted.error.message, /over 24 hours ago/);
  assert.ok(comment.ok);
});

Deno.test("postMessage() answers a repeated post with its first result, however late", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: { openMs: DAY } } });
  const { conversationId } = await inbox.write("Hi");
  const input = { ...REPLY, id: "chosen-by-client" };
  await inbox.core.messages.post(inbox.agent, conversationId, input);
  inbox.ports.clock.advance(DAY);

  const again = await inbox.core.messages.post(inbox.agent, conversationId, input);

  assert.ok(again.ok && again.value.isReplay);
});

Deno.test("createSender() fails what waited until its window was closed, and asks no provider", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: { openMs: DAY } } });
  const { conversationId } = await inbox.write("Hi");
  inbox.ports.clock.advance(DAY - 5_000);
  const undone = await inbox.reply(conversationId, "Queued", { undoSeconds: 10 });
  const later = await inbox.reply(conversationId, "Scheduled", {
    sendAt: inbox.ports.clock.now() + HOUR,
  });

  inbox.ports.clock.advance(2 * HOUR);
  await inbox.runJobs();

  for (const id of [undone.id, later.id]) {
    const message = await inbox.core.messages.get(inbox.agent, id);
    assert.ok(message.ok);
    assert.equal(message.value.status, "failed");
    assert.equal(message.value.error?.code, "window_closed");
    assert.match(message.value.error?.message ?? "", /over 24 hours ago/);
  }
  assert.equal(inbox.sent.length, 0);
  // It opens when they write; then somebody may send it again.
  await inbox.write("Still there?", { conversationId });
  const retried = await inbox.core.messages.retry(inbox.agent, undone.id);
  assert.ok(retried.ok);
  await inbox.runJobs();
  assert.deepEqual(inbox.sent.map(({ text, window }) => [text, window]), [["Queued", "open"]]);
});

Deno.test("createSender() looks at the window when a message leaves: what was posted in the open one may need the other", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: WINDOW } });
  const { conversationId } = await inbox.write("Hi");
  inbox.ports.clock.advance(DAY - 1_000);
  await inbox.reply(conversationId, "Queued", { undoSeconds: 10 });

  inbox.ports.clock.advance(10_000);
  await inbox.runJobs();

  assert.deepEqual(inbox.sent.map(({ window }) => window), ["human"]);
});

Deno.test("createSender() takes a provider's own closed window for the end of the message", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: WINDOW } });
  const { conversationId } = await inbox.write("Hi");
  inbox.answers.push({ ok: false, error: { code: "window_closed", message: "Outside of it" } });

  const message = await inbox.reply(conversationId, "Hello");
  await inbox.runJobs();

  const after = await inbox.core.messages.get(inbox.agent, message.id);
  assert.equal(after.ok && after.value.status, "failed");
});

Deno.test("noteHeard() never moves the window back, and lets no clock of a provider run ahead", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: WINDOW } });
  const now = inbox.ports.clock.now();
  const { conversationId } = await inbox.write("Now");
  await inbox.write("Late", { conversationId, event: { occurredAt: now - HOUR } });

  assert.equal((await windowOf(inbox, conversationId))?.closesAt, now + DAY);

  await inbox.write("Ahead", { conversationId, event: { occurredAt: now + HOUR } });

  assert.equal((await windowOf(inbox, conversationId))?.closesAt, now + DAY);
});

Deno.test("noteHeard() opens the window in every conversation of the contact on this channel", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: { openMs: DAY } } });
  const old = await inbox.write("First");
  inbox.ports.clock.advance(2 * DAY);
  await inbox.write("Second, of its own");

  assert.equal((await windowOf(inbox, old.conversationId))?.state, "open");
  assert.equal(await answer(inbox, old.conversationId), "open");
  const page = await inbox.core.conversations.list(inbox.agent, {});
  assert.deepEqual(page.ok && page.value.items.map(({ window }) => window?.state), [
    "open",
    "open",
  ]);
});

Deno.test("noteHeard() takes a tapped button for a message, and a reaction or a receipt for none", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: { openMs: DAY } } });
  const thread = { by: "thread", threadKey: "t1", how: "test" } as const;
  const identities = [{ kind: "external", value: "ana", verified: true }];
  const { conversationId } = await inbox.write("Question", {
    externalId: "m1",
    event: { sender: { identities }, hints: [thread] },
  });
  inbox.ports.clock.advance(2 * DAY);
  const occurredAt = inbox.ports.clock.now();
  const take = (event: InboundEvent) => inbox.core.inbound.ingest(inbox.channelId, event);
  const state = async () => (await windowOf(inbox, conversationId))?.state;

  await take({
    type: "reaction",
    externalId: "r1",
    occurredAt,
    messageExternalId: "m1",
    emoji: "👍",
    identities,
  });
  await take({ type: "typing", externalId: "y1", occurredAt, threadKey: "t1" });
  assert.equal(await state(), "closed");
  await take({
    type: "action",
    externalId: "a1",
    occurredAt,
    threadKey: "t1",
    identities,
    payload: "PRICES",
    title: "Prices",
  });
  assert.equal(await state(), "open");
});

Deno.test("noteHeard() keeps the latest of twenty messages at once, in threads of their own", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: WINDOW } });
  const now = inbox.ports.clock.now();
  const { conversationId } = await inbox.write("First", { event: { occurredAt: now - HOUR } });

  await Promise.all(Array.from({ length: 20 }, (_, i) =>
    inbox.write(`At once ${i}`, {
      event: {
        // The latest is among them, in the middle.
        occurredAt: now - Math.abs(i - 9) * 1_000,
        hints: [{ by: "thread", threadKey: `t${i}`, how: "test" }],
      },
    })));

  assert.equal((await windowOf(inbox, conversationId))?.closesAt, now + DAY);
});

Deno.test("noteHeard() fits into the commit of a sender with as many new identities as there may be", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: WINDOW } });
  const identity = (value: string) => ({ kind: "external", value, verified: true });
  const all = ["a", "b", "c", "d", "e"].map(identity);
  const thread = { by: "thread", threadKey: "t", how: "test" } as const;
  await inbox.write("One of them is known", {
    event: { sender: { identities: all.slice(0, 1) }, hints: [thread] },
  });

  const stored = await inbox.write("All others are new", {
    event: { sender: { identities: all }, hints: [thread] },
  });
  const fresh = await inbox.write("Nobody knows them", {
    event: {
      sender: { identities: ["f", "g", "h", "i", "j"].map(identity) },
      hints: [{ ...thread, threadKey: "u" }],
    },
  });

  assert.equal((await windowOf(inbox, stored.conversationId))?.state, "open");
  assert.equal((await windowOf(inbox, fresh.conversationId))?.state, "open");
});

Deno.test("mayLeave() keeps what a setting or a bot wrote out of the window for people", async () => {
  await using inbox = await openTestInbox({ capabilities: { window: WINDOW } });
  const { conversationId } = await inbox.write("Hi");
  const place = await inbox.conversation(conversationId);
  const person = { author: { type: "user", id: "usr_1", name: "Nora" } } as const;
  const bot = { author: { type: "bot", id: null, name: "Bot" } } as const;
  const leave = async (message: Leaving["message"], now: number) => {
    const leaving = { place, contact: null, message };
    const adapters = new Map([[inbox.adapter.id, inbox.adapter]]);
    const left = await mayLeave((key) => inbox.store.get(key), { adapters }, leaving, now);
    return left.ok ? left.value.window : left.error.code;
  };
  const now = inbox.ports.clock.now();

  for (const machine of [bot, { ...person, automatic: true }]) {
    assert.equal(await leave(machine, now + DAY - 1), "open");
    assert.equal(await leave(machine, now + DAY), "window_closed");
  }
  assert.equal(await leave(person, now + DAY), "human");
});
