import assert from "node:assert/strict";
import type { MessageEvent } from "../channel/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

async function ingestOld(
  inbox: TestInbox,
  externalId: string,
  event: Partial<MessageEvent> = {},
) {
  const result = await inbox.core.inbound.ingest(inbox.channelId, {
    type: "message",
    externalId,
    occurredAt: inbox.ports.clock.now() - 30 * DAY_MS,
    direction: "in",
    sender: { identities: [{ kind: "email", value: "ana@example.com", verified: false }] },
    hints: [],
    parts: [{ kind: "text", text: `Text of ${externalId}` }],
    ...event,
  }, { isHistory: true });
  assert(result?.kind === "stored", JSON.stringify(result));
  return result;
}

Deno.test("ingest() of history makes a closed conversation of its own time that is nobody's news", async () => {
  await using inbox = await openTestInbox();
  const at = inbox.ports.clock.now() - 30 * DAY_MS;

  const { conversationId } = await ingestOld(inbox, "old-1");

  const conversation = await inbox.conversation(conversationId);
  assert.equal(conversation.status, "closed");
  assert.equal(conversation.waitingSince, null);
  assert.equal(conversation.lastUnreadSeq, 0);
  assert.deepEqual(
    [conversation.createdAt, conversation.statusAt, conversation.lastMessageAt],
    [at, at, at],
  );
  const [message] = await inbox.thread(conversationId);
  assert.equal(message?.createdAt, at);
  assert.ok(message?.trace.some(({ step }) => step === "imported"));
  const log = await inbox.store.readLog("", 100);
  const changes = log.flatMap(({ entry }) => entry.changes);
  const created = changes.filter(({ type }) => type === "message.created");
  assert.deepEqual(created.map(({ isHistory }) => isHistory), [true]);
});

Deno.test("ingest() of history moves a thread to the time of its latest message, and a new one opens it", async () => {
  await using inbox = await openTestInbox();
  const hints = [{ by: "message", externalId: "old-1", how: "In-Reply-To" }] as const;
  const { conversationId } = await ingestOld(inbox, "old-1");
  const later = inbox.ports.clock.now() - 20 * DAY_MS;

  await ingestOld(inbox, "old-2", { hints: [...hints], occurredAt: later });
  const closed = await inbox.conversation(conversationId);
  await inbox.write("Once more", { event: { hints: [...hints] } });
  const opened = await inbox.conversation(conversationId);

  assert.deepEqual([closed.status, closed.statusAt, closed.lastSeq], ["closed", later, 2]);
  assert.equal(closed.preview, "Text of old-2");
  assert.deepEqual([opened.status, opened.lastUnreadSeq], ["open", 3]);
});

Deno.test("ingest() of history into a conversation at work leaves its place, its first words and its version alone", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello", { externalId: "new-1" });
  const before = await inbox.conversation(conversationId);

  await ingestOld(inbox, "old-1", {
    hints: [{ by: "message", externalId: "new-1", how: "In-Reply-To" }],
  });

  assert.deepEqual(await inbox.conversation(conversationId), { ...before, lastSeq: 2 });
});
