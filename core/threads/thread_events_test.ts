/** What those who look on hear of a split or a merge. */
import assert from "node:assert/strict";
import { openTestChat } from "../../tests/fakes/chat.ts";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import type { VisitorEvent } from "../visitors/mod.ts";

const WAIT_MS = 5_000;

Deno.test("agents hear that messages left one thread and that another began, all in one entry", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const { conversationId } = await inbox.write("1");
  const { messageId } = await inbox.write("2", { conversationId });
  const before = inbox.store.lastLogVersion;

  const made = await core.threads.split(agent, conversationId, messageId);
  assert(made.ok);
  const [item, ...others] = await inbox.store.readLog(before, 10);
  const changes = item?.entry.changes ?? [];

  assert.equal(others.length, 0);
  assert.deepEqual(changes.map(({ type, conversationId: id }) => [type, id]), [
    ["conversation.created", made.value.id],
    ["conversation.updated", conversationId],
    ["message.created", conversationId],
    ["message.created", made.value.id],
  ]);
  assert.ok(changes[1]?.changed?.includes("messages"));
});

Deno.test("a visitor's stream goes on over a split and a merge of their chats", async () => {
  await using chat = await openTestChat();
  const { core, owner } = chat;
  const token = await chat.visitor();
  const visitor = await core.visitors.authenticate(chat.channelId, token);
  assert(visitor !== null);
  const { body } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "first-chat", text: "Invoice" } },
  });
  const { conversationId } = body.message;
  await chat.call("POST", `/conversations/${conversationId}/messages`, {
    token,
    body: { id: "about-shoes", text: "Shoes" },
  });
  const thread = await core.messages.list(owner, conversationId, {});
  assert(thread.ok);
  const leaving = new AbortController();
  const events = core.visitors.subscribe(visitor, null, leaving.signal)[Symbol.asyncIterator]();
  await nextOf(events, "hello");

  const made = await core.threads.split(owner, conversationId, thread.value.items[1]!.id);
  assert(made.ok);
  // How their own chat began may be told once more.
  const isMade = (one: VisitorEvent) =>
    "conversation" in one && one.conversation.id === made.value.id;
  await nextOf(events, "conversation.created", isMade);
  await core.messages.post(owner, made.value.id, { kind: "reply", text: "Which size?" });
  const reply = await nextOf(events, "message.created");
  const merged = await core.threads.merge(owner, made.value.id, conversationId);
  assert(merged.ok, JSON.stringify(merged));
  await core.messages.post(owner, conversationId, { kind: "reply", text: "Both done" });
  const last = await nextOf(events, "message.created");
  leaving.abort();

  assert.deepEqual(wordsOf(reply), ["Which size?", made.value.id]);
  assert.deepEqual(wordsOf(last), ["Both done", conversationId]);
});

async function nextOf(
  events: AsyncIterator<VisitorEvent>,
  type: VisitorEvent["type"],
  isMeant: (event: VisitorEvent) => boolean = () => true,
): Promise<VisitorEvent> {
  const timeout = AbortSignal.timeout(WAIT_MS);
  while (!timeout.aborted) {
    const { value, done } = await events.next();
    if (done) break;
    if (value.type === type && isMeant(value)) return value;
  }
  throw new Error(`No ${type} came`);
}

/** Text and conversation of a message's event. */
function wordsOf(event: VisitorEvent): readonly (string | undefined)[] {
  return "message" in event ? [event.message.text, event.message.conversationId] : [];
}
