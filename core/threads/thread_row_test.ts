import assert from "node:assert/strict";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { emptiedRow, mergedRow } from "./merged_row.ts";
import { rowOf } from "./thread_row.ts";

function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: `msg_${seq}`,
    conversationId: "cnv_1",
    seq,
    kind: "inbound",
    author: { type: "contact", id: "con_1", name: "Ana" },
    text: `Text ${seq}`,
    hasHtml: false,
    attachments: [],
    status: "received",
    trace: [],
    createdAt: seq * 1_000,
    ...more,
  };
}

function conversation(more: Partial<Conversation> = {}): Conversation {
  return {
    id: "cnv_1",
    number: 1,
    inboxId: "inb_1",
    channelId: "chn_1",
    channelType: "scripted",
    contactId: "con_1",
    contactName: "Ana",
    subject: "Shoes",
    preview: "old words",
    previewKind: "inbound",
    status: "open",
    statusAt: 1,
    assigneeId: null,
    teamId: null,
    tags: [],
    priority: null,
    snoozedUntil: null,
    waitingSince: null,
    createdAt: 1,
    updatedAt: 1,
    lastMessageAt: 1,
    version: 1,
    lastSeq: 1,
    lastUnreadSeq: 1,
    failedMessageId: null,
    ...more,
  };
}

const reply = (seq: number, more: Partial<Message> = {}) =>
  message(seq, { kind: "reply", status: "sent", ...more });

Deno.test("rowOf() says what the messages say: who waits since when, what failed, what is unread", () => {
  const table: readonly [string, readonly Message[], Partial<ReturnType<typeof rowOf>>][] = [
    ["a question waits", [message(1), message(2)], { waitingSince: 1_000, lastUnreadSeq: 2 }],
    ["an answer ends it", [message(1), reply(2)], { waitingSince: null, previewKind: "reply" }],
    ["and the next begins", [message(1), reply(2), message(3)], { waitingSince: 3_000 }],
    ["one that failed does not", [message(1), reply(2, { status: "failed" })], {
      waitingSince: 1_000,
      failedMessageId: "msg_2",
    }],
    ["one for later does not", [message(1), reply(2, { status: "scheduled" })], {
      waitingSince: 1_000,
      failedMessageId: null,
    }],
    ["what was taken back never was", [message(1), reply(2, { status: "canceled" })], {
      waitingSince: 1_000,
      preview: "Text 1",
    }],
    ["a setting answers nobody", [message(1), reply(2, { automatic: true })], {
      waitingSince: 1_000,
      preview: "Text 1",
    }],
    ["a machine waits for nobody", [
      message(1, { trace: [{ step: "automatic", detail: "" }] }),
    ], { waitingSince: null, lastUnreadSeq: 0, preview: "Text 1" }],
    ["a comment is to be read", [message(1), message(2, { kind: "comment", status: "sent" })], {
      waitingSince: 1_000,
      lastUnreadSeq: 2,
      previewKind: "comment",
    }],
    ["a line is nothing", [message(1), message(2, { kind: "event" })], {
      lastUnreadSeq: 1,
      lastMessageAt: 1_000,
    }],
  ];
  for (const [name, messages, expected] of table) {
    const row = rowOf(messages, conversation({ waitingSince: 7, failedMessageId: "msg_0" }));
    assert.deepEqual({ ...row, ...expected }, row, name);
  }
});

Deno.test("mergedRow() loses nothing that anybody set, and lets the one wait who waits longest", () => {
  const into = conversation({
    status: "snoozed",
    snoozedUntil: 99,
    waitingSince: 500,
    lastMessageAt: 900,
    lastSeq: 4,
    lastUnreadSeq: 2,
    version: 3,
    tags: ["a"],
    priority: "low",
    lane: "automatic",
  });
  const from = conversation({
    id: "cnv_2",
    waitingSince: 400,
    lastMessageAt: 1_000,
    lastSeq: 3,
    lastUnreadSeq: 2,
    preview: "newer words",
    assigneeId: "usr_1",
    tags: ["a", "b"],
    priority: "urgent",
    failedMessageId: "msg_9",
  });
  const copies = [message(6), message(7), message(8, { kind: "event" })];

  const row = mergedRow(into, from, copies, 2_000);

  assert.deepEqual(row, {
    ...conversation(),
    status: "open",
    statusAt: 2_000,
    preview: "newer words",
    waitingSince: 400,
    lastMessageAt: 1_000,
    lastSeq: 8,
    lastUnreadSeq: 7,
    version: 5,
    tags: ["a", "b"],
    priority: "urgent",
    assigneeId: "usr_1",
    failedMessageId: "msg_9",
    updatedAt: 2_000,
  });
  const read = mergedRow(into, { ...from, lastUnreadSeq: 0, status: "closed" }, copies, 2_000);
  assert.deepEqual([read.lastUnreadSeq, read.status], [2, "snoozed"]);
  const elsewhere = mergedRow(into, { ...from, inboxId: "inb_2" }, copies, 2_000);
  assert.equal(elsewhere.assigneeId, null);
});

Deno.test("emptiedRow() stands for the other, waits for nobody and holds nothing", () => {
  const row = emptiedRow(conversation({ waitingSince: 5, lastSeq: 9 }), "cnv_9", 10);
  assert.deepEqual(
    [row.mergedIntoId, row.status, row.waitingSince, row.lastSeq, row.lastUnreadSeq],
    ["cnv_9", "closed", null, 0, 0],
  );
});
