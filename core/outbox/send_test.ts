import assert from "node:assert/strict";
import { ok } from "../channel/mod.ts";
import type { Principal } from "../access/mod.ts";
import { refusal } from "../../tests/fakes/scripted_adapter.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

const OWNER: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };
const TOKEN = "1234567:a-secret-of-the-provider";

async function lastOf(inbox: TestInbox, conversationId: string) {
  return (await inbox.thread(conversationId)).at(-1);
}

Deno.test("a paused channel sends nothing until it is started again", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const setStatus = async (status: "paused" | "ready") => {
    const updated = await inbox.core.channels.update(OWNER, inbox.channelId, { status });
    assert(updated.ok);
  };
  await setStatus("paused");

  await inbox.reply(conversationId, "Answer");
  for (let i = 0; i < 20; i++) {
    await inbox.runJobs();
    inbox.ports.clock.advance(3_600_000);
  }
  assert.deepEqual(inbox.sent, []);
  const waiting = await lastOf(inbox, conversationId);
  assert.equal(waiting?.status, "queued");
  assert.equal(waiting?.error?.message, "The channel is paused");
  await setStatus("ready");
  inbox.ports.clock.advance(60_000);
  await inbox.runJobs();

  assert.deepEqual(inbox.sent.map(({ text }) => text), ["Answer"]);
  assert.equal((await lastOf(inbox, conversationId))?.error, undefined);
});

Deno.test("a message that could not be read for a moment is sent later, without a doubt about it", async () => {
  await using inbox = await openTestInbox({
    capabilities: { text: { max: 500_000, unit: "utf16", split: false, dialect: "plain" } },
  });
  const { conversationId } = await inbox.write("Question");
  const text = "x".repeat(100_000);
  await inbox.reply(conversationId, text);
  const { blobs } = inbox.store;
  const read = blobs.read;
  Object.assign(blobs, {
    read: () => {
      Object.assign(blobs, { read });
      return Promise.reject(new Error("Cannot read: the database is away"));
    },
  });

  await inbox.runJobs();
  assert.equal((await lastOf(inbox, conversationId))?.status, "queued");
  inbox.ports.clock.advance(60_000);
  await inbox.runJobs();

  assert.equal((await lastOf(inbox, conversationId))?.status, "sent");
  assert.deepEqual(inbox.sent.map((part) => part.text.length), [100_000]);
});

Deno.test("a channel that could not be read for a moment leaves no doubt about a message", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  await inbox.reply(conversationId, "Answer");
  const { channels } = inbox.core;
  const open = channels.open;
  Object.assign(channels, {
    open: () => {
      Object.assign(channels, { open });
      return Promise.reject(new Error("Cannot read: the database is away"));
    },
  });

  await inbox.runJobs();
  assert.equal((await lastOf(inbox, conversationId))?.status, "queued");
  inbox.ports.clock.advance(60_000);
  await inbox.runJobs();

  assert.equal((await lastOf(inbox, conversationId))?.status, "sent");
});

Deno.test("a reply whose end could not be stored for hours is put to the agent once the database is back", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const posted = await inbox.reply(conversationId, "Answer");
  const { apply } = inbox.store;
  const isSettled = ({ writes }: Parameters<typeof apply>[0]) =>
    writes.some(({ kind, path }) => kind === "delete" && path[0] === "outbox");
  Object.assign(inbox.store, {
    apply: (batch: Parameters<typeof apply>[0]) =>
      isSettled(batch)
        ? Promise.reject(new Error("Cannot commit: the database is away"))
        : apply.call(inbox.store, batch),
  });

  for (let i = 0; i < 15; i++) {
    await inbox.runJobs();
    inbox.ports.clock.advance(3_600_000);
  }
  Object.assign(inbox.store, { apply });
  await inbox.runJobs();

  const message = await lastOf(inbox, conversationId);
  assert.deepEqual([message?.id, message?.status], [posted.id, "ambiguous"]);
  assert.deepEqual(inbox.sent.map(({ text }) => text), ["Answer"]);
  assert.deepEqual(await inbox.core.jobs.dead(), []);
});

Deno.test("what an adapter says is stored and logged without the channel's secrets", async () => {
  await using inbox = await openTestInbox();
  await inbox.core.channels.update(OWNER, inbox.channelId, { config: { token: TOKEN } });
  const { conversationId } = await inbox.write("Question");
  const url = `https://x.example/bot${encodeURIComponent(TOKEN)}/send`;
  const refused = refusal("unauthorized");
  assert(!refused.ok);
  inbox.answers.push(
    () => Promise.reject(new Error(`error sending request for url (${url})`)),
    { ok: false, error: { ...refused.error, message: `No: ${TOKEN}`, provider: `401 at ${url}` } },
  );

  await inbox.reply(conversationId, "One");
  await inbox.runJobs();
  await inbox.reply(conversationId, "Two");
  await inbox.runJobs();

  const failed = await lastOf(inbox, conversationId);
  assert.deepEqual([failed?.error?.message, failed?.error?.provider], [
    "No: •••",
    "401 at https://x.example/bot•••/send",
  ]);
  const channel = await inbox.core.channels.get(OWNER, inbox.channelId);
  assert(channel.ok);
  assert.equal(channel.value.error, "No: •••");
  assert(!JSON.stringify(inbox.ports.logs).includes("a-secret-of"));
  assert(inbox.ports.logs.some(({ event }) => event === "adapter threw while sending"));
});

Deno.test("a provider's words of any length do not keep a failure from being stored", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const long = "長".repeat(50_000);
  inbox.answers.push({
    ok: false,
    error: { code: "rejected", message: long, provider: long },
  }, ok({ externalId: "1", status: "sent" }));

  await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();

  assert.equal((await lastOf(inbox, conversationId))?.status, "failed");
  assert.equal(inbox.sent.length, 1);
});
