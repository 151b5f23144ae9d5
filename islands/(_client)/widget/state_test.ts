import assert from "node:assert/strict";
import fc from "fast-check";
import type { VisitorConversationJson, VisitorMessageJson } from "@/core/model/visitor_api.ts";
import {
  beginThread,
  EMPTY,
  markSeen,
  nextOutgoing,
  type Outgoing,
  type State,
  takeConversation,
  takeMessage,
  unreadCount,
  withMessages,
  withoutSession,
} from "./state.ts";

function message(fields: Partial<VisitorMessageJson>): VisitorMessageJson {
  return {
    id: "m1",
    conversationId: "cnv_1",
    author: { type: "visitor", name: "Visitor", avatarUrl: null },
    text: "Hello",
    attachments: [],
    status: "received",
    createdAt: "2026-03-02T09:00:00.000Z",
    ...fields,
  };
}
const reply = (fields: Partial<VisitorMessageJson>) =>
  message({
    author: { type: "agent", name: "Ada", avatarUrl: null },
    status: "sent",
    createdAt: "2026-03-02T09:01:00.000Z",
    ...fields,
  });

function conversation(fields: Partial<VisitorConversationJson>): VisitorConversationJson {
  return {
    id: "cnv_1",
    status: "open",
    createdAt: "2026-03-02T09:00:00.000Z",
    lastMessageAt: "2026-03-02T09:00:00.000Z",
    lastMessage: message({}),
    unread: 0,
    agent: null,
    ...fields,
  };
}

function outgoing(fields: Partial<Outgoing>): Outgoing {
  return {
    id: "o1",
    thread: "cnv_1",
    text: "Hello",
    files: [],
    state: "waiting",
    reason: "",
    at: 0,
    ...fields,
  };
}

const base: State = {
  ...EMPTY,
  conversations: [conversation({})],
  threads: { cnv_1: { messages: [message({})], before: null } },
};

Deno.test("withMessages() gives the same thread however messages arrive, twice or late", () => {
  const all = [1, 2, 3, 4].flatMap((n) =>
    (["sent", "delivered", "read"] as const).map((status) =>
      reply({ id: `m${n}`, status, createdAt: `2026-03-02T09:0${n}:00.000Z` })
    )
  );
  fc.assert(fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (news) => {
    const thread = withMessages({ messages: [], before: null }, [...news, ...news]);

    assert.deepEqual(thread.messages.map(({ id, status }) => [id, status]), [
      ["m1", "read"],
      ["m2", "read"],
      ["m3", "read"],
      ["m4", "read"],
    ]);
  }));
});

Deno.test("takeMessage() counts a reply once, whatever comes of it later", () => {
  const first = takeMessage(base, reply({ id: "msg_1" }));
  const again = takeMessage(first, reply({ id: "msg_1" }));
  const delivered = takeMessage(again, reply({ id: "msg_1", status: "delivered" }));

  assert.equal(unreadCount(delivered), 1);
  assert.equal(delivered.conversations[0]?.agent?.name, "Ada");
  assert.equal(delivered.conversations[0]?.lastMessage?.id, "msg_1");
  assert.equal(unreadCount(markSeen(delivered, "cnv_1")), 0);
});

Deno.test("takeMessage() counts a reply once in a conversation whose thread is not loaded", () => {
  const listed: State = { ...EMPTY, conversations: [conversation({})] };

  const once = takeMessage(listed, reply({ id: "msg_1" }));
  const twice = takeMessage(once, reply({ id: "msg_1", status: "delivered" }));

  assert.equal(unreadCount(twice), 1);
});

Deno.test("takeMessage() takes the visitor's own message out of what is to be sent", () => {
  const sending: State = { ...base, outgoing: [outgoing({ id: "m2" }), outgoing({ id: "m3" })] };

  const after = takeMessage(sending, message({ id: "m2" }));

  assert.deepEqual(after.outgoing.map(({ id }) => id), ["m3"]);
  assert.equal(unreadCount(after), 0);
});

Deno.test("takeMessage() ends the typing of whoever answers", () => {
  const typing = { cnv_1: { name: "Ada", avatarUrl: null } };

  assert.deepEqual(takeMessage({ ...base, typing }, reply({})).typing, {});
  assert.deepEqual(takeMessage({ ...base, typing }, message({ id: "m2" })).typing, typing);
});

Deno.test("takeMessage() opens a closed conversation the visitor writes into", () => {
  const closed = takeConversation(base, conversation({ status: "closed" }));
  const later = "2026-03-02T10:00:00.000Z";

  assert.equal(
    takeMessage(closed, message({ id: "m9", createdAt: later })).conversations[0]?.status,
    "open",
  );
  assert.equal(
    takeMessage(closed, reply({ id: "m9", createdAt: later })).conversations[0]?.status,
    "closed",
  );
});

Deno.test("beginThread() moves what waits for the conversation's id", () => {
  const state: State = {
    ...EMPTY,
    thread: "new:o1",
    outgoing: [outgoing({ id: "o2", thread: "new:o1" }), outgoing({ id: "o9", thread: "cnv_9" })],
  };

  const begun = beginThread(state, "new:o1", "cnv_1");

  assert.equal(begun.thread, "cnv_1");
  assert.deepEqual(begun.outgoing.map(({ thread }) => thread), ["cnv_1", "cnv_9"]);
});

Deno.test("takeMessage() begins the thread when another tab sent its first message", () => {
  const state: State = {
    ...EMPTY,
    thread: "new:o1",
    outgoing: [outgoing({ id: "o1", thread: "new:o1" }), outgoing({ id: "o2", thread: "new:o1" })],
  };

  const after = takeMessage(state, message({ id: "o1" }));

  assert.equal(after.thread, "cnv_1");
  assert.deepEqual(after.outgoing.map(({ id, thread }) => [id, thread]), [["o2", "cnv_1"]]);
  assert.deepEqual(after.threads["cnv_1"]?.messages.map(({ id }) => id), ["o1"]);
});

Deno.test("nextOutgoing() keeps the order, and passes over what has failed", () => {
  const first = outgoing({ id: "o1" });
  const second = outgoing({ id: "o2" });

  assert.equal(nextOutgoing({ ...EMPTY, outgoing: [first, second] })?.id, "o1");
  const failed = { ...first, state: "failed" as const };
  assert.equal(nextOutgoing({ ...EMPTY, outgoing: [failed, second] })?.id, "o2");
  assert.equal(nextOutgoing({ ...EMPTY, outgoing: [failed] }), null);
});

Deno.test("withoutSession() keeps words that were not sent, as new conversations", () => {
  const state: State = {
    ...base,
    thread: "cnv_1",
    outgoing: [outgoing({ id: "o1" }), outgoing({ id: "o2" }), outgoing({ id: "o3", text: "" })],
  };

  const after = withoutSession(state);

  assert.deepEqual(after.conversations, []);
  assert.deepEqual(after.outgoing.map(({ id, thread }) => [id, thread]), [
    ["o1", "new:o1"],
    ["o2", "new:o1"],
  ]);
  assert.equal(after.thread, "new:o1");
});
