import assert from "node:assert/strict";
import type { ApiMessage } from "../../../core/model/api.ts";
import { minute, sampleMessage } from "./sample_records.ts";
import { type ThreadItem, threadItems } from "./thread_items.ts";

const CHAT = { isMail: false, timeZone: "UTC", newFromSeq: null };
const kinds = (items: readonly ThreadItem[]) => items.map(({ kind }) => kind);
const reply = (seq: number, changes: Partial<ApiMessage> = {}) =>
  sampleMessage(seq, {
    kind: "reply",
    status: "sent",
    author: { type: "user", id: "usr_me", name: "Nora" },
    ...changes,
  });

Deno.test("threadItems() groups chat by who, when and how far it got", () => {
  const items = threadItems([
    sampleMessage(1),
    sampleMessage(2),
    reply(3),
    reply(4),
    reply(5, { status: "failed" }),
    sampleMessage(6),
    sampleMessage(7, { createdAt: minute(20) }),
  ], CHAT);

  const groups = items.flatMap((item) =>
    item.kind === "bubbles" ? [item.messages.map(({ seq }) => seq)] : []
  );
  assert.deepEqual(groups, [[1, 2], [3, 4], [5], [6], [7]]);
});

Deno.test("threadItems() draws a day line in the reader's zone", () => {
  const late = sampleMessage(1, { createdAt: "2026-03-10T23:30:00.000Z" });
  const early = sampleMessage(2, { createdAt: "2026-03-11T00:10:00.000Z" });

  assert.deepEqual(kinds(threadItems([late, early], CHAT)), ["day", "bubbles", "day", "bubbles"]);
  assert.deepEqual(
    kinds(threadItems([late, early], { ...CHAT, timeZone: "America/New_York" })),
    ["day", "bubbles", "bubbles"],
  );
});

Deno.test("threadItems() draws the new line once and breaks a group there", () => {
  const items = threadItems([sampleMessage(1), sampleMessage(2), sampleMessage(3)], {
    ...CHAT,
    newFromSeq: 2,
  });

  assert.deepEqual(kinds(items), ["day", "bubbles", "new", "bubbles"]);
});

Deno.test("threadItems() shows letters, comments and events each alone", () => {
  const messages = [
    sampleMessage(1),
    sampleMessage(2, { kind: "event" }),
    sampleMessage(3, { kind: "comment" }),
    sampleMessage(4, { kind: "comment" }),
    reply(5),
  ];

  assert.deepEqual(kinds(threadItems(messages, { ...CHAT, isMail: true })), [
    "day",
    "mail",
    "event",
    "comment",
    "comment",
    "mail",
  ]);
});

Deno.test("threadItems() leaves one quiet line of a reply that was taken back", () => {
  const items = threadItems([sampleMessage(1), reply(2, { status: "canceled" })], CHAT);

  assert.deepEqual(kinds(items), ["day", "bubbles", "event"]);
});

Deno.test("threadItems() keys every item apart", () => {
  const items = threadItems([sampleMessage(1), reply(2), sampleMessage(3)], {
    ...CHAT,
    newFromSeq: 3,
  });

  assert.equal(new Set(items.map(({ key }) => key)).size, items.length);
});
