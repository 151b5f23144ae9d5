import assert from "node:assert/strict";
import type { AnyAdapter, MessageEvent } from "../channel/mod.ts";
import { scriptedAdapter } from "../../tests/fakes/scripted_adapter.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys, transact } from "../store/mod.ts";

const ADMIN = { type: "token", id: "tok", name: "Root", role: "admin" } as const;

function event(externalId: string, text: string): MessageEvent {
  return {
    type: "message",
    externalId,
    occurredAt: 1,
    direction: "in",
    sender: { identities: [{ kind: "email", value: "ana@example.com", verified: false }] },
    hints: [],
    parts: [{ kind: "text", text }],
  };
}

async function deliver(
  inbox: TestInbox,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  return await inbox.core.inbound.receive(inbox.channelId, {
    method: "POST",
    url: new URL("http://localhost/hooks/x"),
    headers: new Headers({ "content-type": "application/json", "x-proof": "yes", ...headers }),
    body: typeof body === "string" ? new TextEncoder().encode(body) : body,
  }, new AbortController().signal);
}

async function conversations(inbox: TestInbox): Promise<number> {
  let count = 0;
  for await (const _ of inbox.store.list(keys.conversations())) count++;
  return count;
}

Deno.test("receive() journals first and answers; the job stores every event of the batch, in order", async () => {
  await using inbox = await openTestInbox();

  const received = await deliver(inbox, JSON.stringify([event("a", "One"), event("b", "Two")]));
  assert(received.ok && !received.value.isRepeated);
  const before = await inbox.store.get(keys.journal(received.value.journalId));
  assert(before !== null);
  await inbox.runJobs();

  const journal = await inbox.store.get(keys.journal(received.value.journalId));
  assert.equal(journal?.state, "done");
  assert.equal(journal?.messageIds.length, 2);
  assert.equal(await conversations(inbox), 2);
});

Deno.test("receive() answers a repeated delivery without storing it again, also 20 times at once", async () => {
  await using inbox = await openTestInbox();
  const body = JSON.stringify([event("a", "One")]);

  const results = await Promise.all(Array.from({ length: 20 }, () => deliver(inbox, body)));
  await inbox.runJobs();
  const later = await deliver(inbox, body);

  const ids = results.map((one) => one.ok ? one.value.journalId : "");
  assert.equal(new Set(ids).size, 1);
  assert.equal(results.filter((one) => one.ok && !one.value.isRepeated).length, 1);
  assert(later.ok && later.value.isRepeated);
  assert.equal(await conversations(inbox), 1);
});

Deno.test("receive() refuses without proof, for an unknown channel, a wrong type and a large body, and stores nothing", async () => {
  await using inbox = await openTestInbox();

  const unproven = await deliver(inbox, "[]", { "x-proof": "no" });
  const wrongType = await deliver(inbox, "[]", { "content-type": "text/plain" });
  const large = await deliver(inbox, new Uint8Array(1_000_001));
  const unknown = await inbox.core.inbound.receive("chn_none", {
    method: "POST",
    url: new URL("http://localhost/hooks/x"),
    headers: new Headers(),
    body: new Uint8Array(),
  }, new AbortController().signal);

  assert(!unproven.ok && unproven.error.code === "refused");
  assert(!wrongType.ok && wrongType.error.code === "unsupported_type");
  assert(!large.ok && large.error.code === "too_large");
  assert(!unknown.ok && unknown.error.code === "no_channel");
  for await (const _ of inbox.store.list(keys.jobs())) assert.fail("a job was stored");
});

Deno.test("deliveries of one channel are stored in the order they came, also when the first takes long to parse", async () => {
  const { adapter } = scriptedAdapter();
  const { webhook } = adapter;
  assert(webhook !== undefined);
  const slow = Promise.withResolvers<void>();
  const isSecondParsed = Promise.withResolvers<void>();
  const slowAdapter: AnyAdapter = {
    ...adapter,
    id: "slow",
    webhook: {
      ...webhook,
      async parse(delivery, view, io) {
        const isFirst = new TextDecoder().decode(delivery.body).includes("One");
        if (isFirst) await slow.promise;
        else isSecondParsed.resolve();
        return await webhook.parse(delivery, view, io);
      },
    },
  };
  await using inbox = await openTestInbox({ adapters: [slowAdapter] });
  const channel = await inbox.core.channels.create(ADMIN, {
    type: "slow",
    inboxId: inbox.inboxId,
    name: "Slow",
    config: {},
  });
  assert(channel.ok);
  const hints = [{ by: "thread", threadKey: "t", how: "test" }] as const;
  const send = (id: string, text: string) =>
    deliver(
      { ...inbox, channelId: channel.value.id },
      JSON.stringify([{ ...event(id, text), hints }]),
    );

  await send("a", "One");
  await send("b", "Two");
  const running = inbox.runJobs();
  await isSecondParsed.promise;
  for (let i = 0; i < 20 && await conversations(inbox) === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  slow.resolve();
  await running;

  const thread = await inbox.store.get(keys.thread(channel.value.id, "t"));
  assert.deepEqual((await inbox.thread(thread!)).map(({ text }) => text), ["One", "Two"]);
});

Deno.test("a delivery that cannot be stored is listed with its error and stored when it is replayed after the fix", async () => {
  await using inbox = await openTestInbox();
  const identity = keys.identity("email", "ana@example.com");
  const set = (contactId: string | null) =>
    transact(inbox.store, (tx) => {
      if (contactId === null) tx.delete(identity);
      else tx.set(identity, contactId);
      return Promise.resolve();
    });
  await set("con_gone");
  const received = await deliver(inbox, JSON.stringify([event("a", "One")]));
  assert(received.ok);

  for (let i = 0; i < 20; i++) {
    await inbox.runJobs();
    inbox.ports.clock.advance(60_000);
  }
  const failed = await inbox.core.inbound.failed(ADMIN, {});
  assert(failed.ok);
  assert.deepEqual(failed.value.map(({ id }) => id), [received.value.journalId]);
  assert.deepEqual(await inbox.core.jobs.dead(), []);
  await set(null);
  await inbox.core.inbound.replay(ADMIN, received.value.journalId);
  await inbox.runJobs();

  assert.equal(await conversations(inbox), 1);
});

Deno.test("a delivery of 3,000 messages is settled, and its journal names the first of them", async () => {
  await using inbox = await openTestInbox();
  const hints = [{ by: "thread", threadKey: "t", how: "test" }] as const;
  const events = Array.from(
    { length: 3_000 },
    (_, i) => ({ ...event(`message-${i}`, "x"), hints: [...hints] }),
  );

  const received = await deliver(inbox, JSON.stringify(events));
  assert(received.ok);
  await inbox.runJobs();

  const journal = await inbox.store.get(keys.journal(received.value.journalId));
  assert.equal(journal?.state, "done");
  assert.equal(journal?.messageIds.length, 100);
});

Deno.test("failed() gives the newest of all channels", async () => {
  await using inbox = await openTestInbox();
  const other = await inbox.core.channels.create(ADMIN, {
    type: "scripted",
    inboxId: inbox.inboxId,
    name: "Other",
    config: {},
  });
  assert(other.ok);
  const ids: string[] = [];
  for (const [i, channelId] of [inbox.channelId, other.value.id, inbox.channelId].entries()) {
    inbox.ports.clock.advance(1_000);
    const received = await deliver({ ...inbox, channelId }, `not json ${i}`);
    assert(received.ok);
    ids.unshift(received.value.journalId);
  }
  await inbox.runJobs();

  for (const limit of [1, 2, 3]) {
    const failed = await inbox.core.inbound.failed(ADMIN, { limit });
    assert(failed.ok);
    assert.deepEqual(failed.value.map(({ id }) => id), ids.slice(0, limit));
  }
  const ofOther = await inbox.core.inbound.failed(ADMIN, { channelId: other.value.id });
  assert(ofOther.ok);
  assert.deepEqual(ofOther.value.map(({ id }) => id), [ids[1]]);
});

Deno.test("receive() takes nothing for a paused channel, and the same bytes once it is started again", async () => {
  await using inbox = await openTestInbox();
  const body = JSON.stringify([event("a", "One")]);
  await inbox.core.channels.update(ADMIN, inbox.channelId, { status: "paused" });

  const paused = await deliver(inbox, body);
  const unproven = await deliver(inbox, body, { "x-proof": "no" });
  await inbox.core.channels.update(ADMIN, inbox.channelId, { status: "ready" });
  const later = await deliver(inbox, body);

  assert(!paused.ok && paused.error.code === "paused");
  assert(!unproven.ok && unproven.error.code === "refused");
  assert(later.ok && !later.value.isRepeated);
});

for (const body of ["not json", "throw", "[]", '[{"type":"message"}]', ""]) {
  Deno.test(`receive() keeps ${JSON.stringify(body)} with its error, to be replayed`, async () => {
    await using inbox = await openTestInbox();

    const received = await deliver(inbox, body);
    assert(received.ok);
    await inbox.runJobs();

    const failed = await inbox.core.inbound.failed(ADMIN, {});
    assert(failed.ok);
    assert.deepEqual(failed.value.map(({ id, state }) => [id, state]), [[
      received.value.journalId,
      "failed",
    ]]);
    assert(failed.value[0]!.error!.length > 0);
    const replayed = await inbox.core.inbound.replay(ADMIN, received.value.journalId);
    assert(replayed.ok);
    const twice = await inbox.core.inbound.replay(ADMIN, received.value.journalId);
    assert(!twice.ok && twice.error.code === "conflict");
    await inbox.runJobs();
    assert.equal((await inbox.store.get(keys.journal(received.value.journalId)))?.state, "failed");
  });
}

Deno.test("a delivery that failed because of its channel is stored when it is replayed after the fix", async () => {
  await using inbox = await openTestInbox();
  const channel = await inbox.store.get(keys.channel(inbox.channelId));
  const received = await deliver(inbox, JSON.stringify([event("a", "One")]));
  assert(received.ok);
  const put = (type: string) =>
    transact(inbox.store, (tx) => {
      tx.set(keys.channel(inbox.channelId), { ...channel!, type });
      return Promise.resolve();
    });
  await put("gone");
  await inbox.runJobs();
  assert.equal(await conversations(inbox), 0);

  await put("scripted");
  await inbox.core.inbound.replay(ADMIN, received.value.journalId);
  await inbox.runJobs();

  assert.equal(await conversations(inbox), 1);
});

Deno.test("failed() and replay() are for admins", async () => {
  await using inbox = await openTestInbox();

  const failed = await inbox.core.inbound.failed(inbox.agent, {});
  const replayed = await inbox.core.inbound.replay(inbox.agent, "jnl_x");

  assert(!failed.ok && failed.error.code === "forbidden");
  assert(!replayed.ok && replayed.error.code === "forbidden");
});

Deno.test("a failed delivery is kept for 90 days", async () => {
  await using inbox = await openTestInbox();
  const received = await deliver(inbox, "not json");
  assert(received.ok);
  await inbox.runJobs();
  const day = 24 * 60 * 60 * 1_000;

  inbox.ports.clock.advance(89 * day);
  await inbox.runJobs();
  assert.notEqual(await inbox.store.get(keys.journal(received.value.journalId)), null);
  inbox.ports.clock.advance(2 * day);
  await inbox.runJobs();

  assert.equal(await inbox.store.get(keys.journal(received.value.journalId)), null);
});

Deno.test("receipts move a message forward only, and reach it by id, by our own id and by watermark", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const posted = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "reply",
    text: "Answer",
  });
  assert(posted.ok);
  await inbox.runJobs();
  const { id } = posted.value.message;
  const receipt = async (status: "sent" | "delivered" | "read" | "failed", target: object) => {
    await inbox.core.inbound.ingest(inbox.channelId, {
      type: "status",
      externalId: `${status}`,
      occurredAt: inbox.ports.clock.now(),
      status,
      // Shapes of the contract's union, spelled below.
      target: target as { by: "outbox"; outboxId: string },
    });
    return (await inbox.thread(conversationId)).at(-1)?.status;
  };

  assert.equal(
    await receipt("delivered", { by: "external", messageExternalId: `ext-${id}` }),
    "delivered",
  );
  assert.equal(await receipt("sent", { by: "outbox", outboxId: id }), "delivered");
  const upTo = inbox.ports.clock.now();
  assert.equal(await receipt("read", { by: "watermark", threadKey: conversationId, upTo }), "read");
  assert.equal(await receipt("delivered", { by: "outbox", outboxId: id }), "read");
  assert.equal(await receipt("failed", { by: "outbox", outboxId: id }), "read");
  assert.equal(await receipt("read", { by: "outbox", outboxId: "msg_none" }), "read");
});

Deno.test("one event that cannot be stored keeps none of the others back, and its delivery is listed and can be replayed", async () => {
  await using inbox = await openTestInbox();
  const ghost = keys.identity("email", "ghost@example.com");
  await transact(inbox.store, (tx) => {
    tx.set(ghost, "con_none");
    return Promise.resolve();
  });
  const { sender: _, ...rest } = event("b", "Two");
  const broken = {
    ...rest,
    sender: { identities: [{ kind: "email", value: "ghost@example.com", verified: false }] },
  };

  const received = await deliver(
    inbox,
    JSON.stringify([event("a", "One"), broken, event("c", "Three")]),
  );
  assert(received.ok);
  for (let i = 0; i < 10; i++) {
    await inbox.runJobs();
    inbox.ports.clock.advance(60_000);
  }

  const journal = await inbox.store.get(keys.journal(received.value.journalId));
  assert.deepEqual([journal?.state, journal?.messageIds.length], ["failed", 2]);
  assert.equal(await conversations(inbox), 2);

  await transact(inbox.store, (tx) => {
    tx.delete(ghost);
    return Promise.resolve();
  });
  assert((await inbox.core.inbound.replay(ADMIN, received.value.journalId)).ok);
  await inbox.runJobs();

  const mended = await inbox.store.get(keys.journal(received.value.journalId));
  assert.deepEqual([mended?.state, mended?.messageIds.length], ["done", 3]);
  assert.equal(await conversations(inbox), 3);
});
