import assert from "node:assert/strict";
import type { Message } from "../model/message.ts";
import { compareVisible, countUnread, isVisible, readUpTo, visitorStatus } from "./visible.ts";

function message(fields: Partial<Message>): Message {
  return {
    id: "msg_1",
    conversationId: "cnv_1",
    seq: 1,
    kind: "inbound",
    author: { type: "contact", id: "con_1", name: "Ada" },
    text: "Hello",
    hasHtml: false,
    attachments: [],
    status: "received",
    trace: [],
    createdAt: 1,
    ...fields,
  };
}

Deno.test("isVisible() shows inbound messages, and replies only once they are out", () => {
  const cases: readonly [Partial<Message>, boolean][] = [
    [{ kind: "inbound", status: "received" }, true],
    [{ kind: "comment", status: "sent" }, false],
    [{ kind: "event", status: "sent" }, false],
    ...(["scheduled", "queued", "sending", "failed", "ambiguous", "canceled"] as const).map(
      (status) => [{ kind: "reply", status }, false] as const,
    ).map(([fields, isShown]): [Partial<Message>, boolean] => [fields, isShown]),
    [{ kind: "inbound", deletedAt: 1 }, false],
    [{ kind: "reply", status: "sent", deletedAt: 1 }, false],
    [{ kind: "reply", status: "sent", isOutside: true }, true],
    [{ kind: "reply", status: "sent" }, true],
    [{ kind: "reply", status: "delivered" }, true],
    [{ kind: "reply", status: "read" }, true],
  ];
  for (const [fields, isShown] of cases) {
    assert.equal(isVisible(message(fields)), isShown, JSON.stringify(fields));
  }
});

Deno.test("compareVisible() puts a reply where it was sent, not where it was written", () => {
  const delayed = message({ id: "delayed", seq: 2, createdAt: 2, sentAt: 9, kind: "reply" });
  const first = message({ id: "first", seq: 1, createdAt: 1 });
  const later = message({ id: "later", seq: 3, createdAt: 5 });
  const same = message({ id: "same", seq: 4, createdAt: 9 });

  const order = [same, delayed, later, first].sort(compareVisible).map((one) => one.id);

  assert.deepEqual(order, ["first", "later", "delayed", "same"]);
});

Deno.test("readUpTo() is the furthest of marks and visible answers", () => {
  const messages = [
    message({ seq: 3, kind: "reply", status: "sent" }),
    message({ seq: 5, kind: "reply", status: "queued" }),
    message({ seq: 6, kind: "comment" }),
  ];

  assert.equal(readUpTo([], []), 0);
  assert.equal(readUpTo(messages, []), 3);
  assert.equal(readUpTo(messages, [2, 4]), 4);
});

Deno.test("countUnread() counts replies not read", () => {
  assert.equal(
    countUnread([
      message({}),
      message({ kind: "reply", status: "sent" }),
      message({ kind: "reply", status: "delivered" }),
      message({ kind: "reply", status: "read" }),
    ]),
    2,
  );
});

Deno.test("visitorStatus() keeps the team's judgement to the team", () => {
  for (const status of ["open", "snoozed", "spam", "trash"] as const) {
    assert.equal(visitorStatus({ status }), "open");
  }
  assert.equal(visitorStatus({ status: "closed" }), "closed");
});
