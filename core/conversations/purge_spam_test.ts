import assert from "node:assert/strict";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys } from "../store/mod.ts";
import { purgeSpam } from "./purge_spam.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const FILE = {
  kind: "media" as const,
  name: "a.txt",
  type: "text/plain",
  bytes: new Uint8Array([1, 2, 3]),
};

async function makeSpam(inbox: TestInbox, text: string): Promise<string> {
  const { conversationId } = await inbox.write(text, {
    event: { parts: [{ kind: "text", text }, FILE] },
  });
  for (let i = 0; i < 12; i++) await inbox.write(`${text} ${i}`, { conversationId });
  const marked = await inbox.core.conversations.update(inbox.agent, conversationId, {
    status: "spam",
  });
  assert.ok(marked.ok);
  return conversationId;
}

/** Paths of all keys that name one of these ids. */
async function traces(inbox: TestInbox, ids: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { path } of inbox.store.list({ start: [], end: [true] })) {
    const text = JSON.stringify(path);
    const isLog = path[0] === "log" || path[0] === "command";
    if (!isLog && ids.some((id) => text.includes(id))) found.push(text);
  }
  return found;
}

Deno.test("purgeSpam() deletes what has been spam for longer than its inbox keeps it, and nothing else", async () => {
  await using inbox = await openTestInbox();
  const old = await makeSpam(inbox, "Buy now");
  const [first] = await inbox.thread(old);
  const fileId = first?.attachments[0]?.id ?? "";
  await inbox.core.conversations.markRead(inbox.agent, old);
  const rescued = await makeSpam(inbox, "Not spam after all");
  await inbox.core.conversations.update(inbox.agent, rescued, { status: "open" });
  inbox.ports.clock.advance(89 * DAY_MS);
  const young = await makeSpam(inbox, "Buy later");

  assert.equal(await purgeSpam(inbox.store, inbox.ports.clock.now()), 0);
  inbox.ports.clock.advance(DAY_MS + 1);
  assert.equal(await purgeSpam(inbox.store, inbox.ports.clock.now()), 1);
  await inbox.runJobs();

  assert.deepEqual(await traces(inbox, [old, fileId, first?.id ?? ""]), []);
  assert.equal(await inbox.store.get(keys.attachment(fileId)), null);
  assert.equal((await inbox.thread(young)).length, 14);
  assert.equal((await inbox.conversation(rescued)).status, "open");
  const spam = await inbox.core.conversations.list(inbox.agent, { view: "spam" });
  assert.ok(spam.ok);
  assert.deepEqual(spam.value.items.map(({ id }) => id), [young]);
});

Deno.test("purgeSpam() follows the inbox's setting, and a deleted message that comes again stays gone", async () => {
  await using inbox = await openTestInbox();
  const root = { type: "token", id: "tok", name: "Root", role: "owner" } as const;
  const id = await makeSpam(inbox, "Buy");
  inbox.ports.clock.advance(400 * DAY_MS);
  const set = (keepDays: number | null) =>
    inbox.core.inboxes.update(root, inbox.inboxId, { spamPolicy: { keepDays } });

  await set(null);
  assert.equal(await purgeSpam(inbox.store, inbox.ports.clock.now()), 0);
  await set(7);
  assert.equal(await purgeSpam(inbox.store, inbox.ports.clock.now()), 1);
  await inbox.runJobs();

  const again = await inbox.write("Buy", { externalId: "in-1" });
  assert.equal(again.conversationId, id, "known, not stored again");
  assert.deepEqual(await inbox.thread(id), []);
});
