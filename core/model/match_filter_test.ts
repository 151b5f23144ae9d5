import assert from "node:assert/strict";
import fc from "fast-check";
import {
  condition,
  filter,
  FILTER_ME,
  FILTER_NOW,
  filterRow,
} from "../../tests/fakes/filter_arbitrary.ts";
import type { Conversation } from "./conversation.ts";
import { type FilterRow, isPersonal, isTimed, matcherOf, statusesOf } from "./match_filter.ts";
import { ViewFilter } from "./view_filter.ts";

const HOUR_MS = 3_600_000;
const ROW: Omit<Conversation, "id"> = {
  number: 1,
  inboxId: "inb_1",
  channelId: "chn_1",
  channelType: "email",
  contactId: "con_1",
  contactName: "Giulia Ferrari",
  subject: "Ordine VL-20391",
  preview: "",
  previewKind: "inbound",
  status: "open",
  statusAt: FILTER_NOW,
  assigneeId: FILTER_ME,
  teamId: null,
  tags: ["vip"],
  priority: null,
  snoozedUntil: null,
  waitingSince: FILTER_NOW - 25 * HOUR_MS,
  createdAt: FILTER_NOW - 50 * HOUR_MS,
  updatedAt: FILTER_NOW,
  lastMessageAt: FILTER_NOW - HOUR_MS,
  version: 1,
  lastSeq: 1,
  lastUnreadSeq: 1,
  failedMessageId: null,
};
const day = { amount: 1, unit: "days" } as const;

function isIn(given: unknown, row: Partial<FilterRow> = {}, userId: string | null = FILTER_ME) {
  const parsed = ViewFilter.parse(given);
  const context = { userId, now: FILTER_NOW, isUnread: () => true };
  return matcherOf(parsed)({ ...ROW, ...row }, context);
}

Deno.test("matcherOf() asks each field for what it says", () => {
  const table: readonly [boolean, unknown, Partial<FilterRow>?][] = [
    [true, { field: "inbox", is: "any", value: ["inb_1", "inb_2"] }],
    [false, { field: "inbox", is: "none", value: ["inb_1"] }],
    [true, { field: "channelType", is: "any", value: ["email"] }],
    [true, { field: "assignee", is: "any", value: ["me"] }],
    [false, { field: "assignee", is: "any", value: ["nobody"] }],
    [true, { field: "assignee", is: "any", value: ["nobody"] }, { assigneeId: null }],
    [false, { field: "assignee", is: "none", value: ["nobody"] }, { assigneeId: null }],
    [true, { field: "team", is: "any", value: ["nobody"] }],
    [true, { field: "tag", is: "any", value: ["vip", "other"] }],
    [false, { field: "tag", is: "none", value: ["vip"] }],
    [true, { field: "priority", is: "any", value: ["none"] }],
    [true, { field: "lane", is: "any", value: ["none"] }],
    [false, { field: "lane", is: "any", value: ["none"] }, { lane: "role" }],
    [true, { field: "contact", is: "contains", value: "giulia" }],
    [false, { field: "subject", is: "lacks", value: "vl-" }],
    [true, { field: "waitingSince", is: "over", value: day }],
    [false, { field: "waitingSince", is: "under", value: day }],
    [false, { field: "waitingSince", is: "over", value: day }, { waitingSince: null }],
    [false, { field: "waitingSince", is: "under", value: day }, { waitingSince: null }],
    [true, { field: "lastMessage", is: "under", value: day }],
    [true, { field: "unread", is: "equal", value: true }],
    [false, { field: "failed", is: "equal", value: true }],
    [true, { field: "waiting", is: "equal", value: true }],
  ];

  for (const [expected, one, row] of table) {
    assert.equal(isIn({ all: [one] }, row), expected, JSON.stringify([one, row]));
  }
});

Deno.test("matcherOf() means open conversations unless the filter speaks of the status", () => {
  const vip = { field: "tag", is: "any", value: ["vip"] };
  const closed = { field: "status", is: "any", value: ["closed"] };
  const soon = { field: "snoozedUntil", is: "under", value: day };

  assert.equal(isIn({ all: [vip] }, { status: "closed" }), false);
  assert.equal(isIn({ all: [vip, closed] }, { status: "closed" }), true);
  assert.equal(isIn({ any: [vip, closed] }, { status: "closed", tags: [] }), true);
  // One side asks for a status, the other takes what has any.
  for (const status of ["open", "snoozed", "spam"] as const) {
    assert.equal(isIn({ any: [vip, closed] }, { status, tags: ["vip"] }), true);
    assert.equal(isIn({ any: [vip, closed] }, { status, tags: [] }), false);
  }
  const snoozed = { status: "snoozed", snoozedUntil: FILTER_NOW + HOUR_MS } as const;
  assert.equal(isIn({ all: [vip] }, snoozed), false);
  assert.equal(isIn({ all: [soon] }, snoozed), true);
});

Deno.test("matcherOf() knows no me for a token", () => {
  const mine = { all: [{ field: "assignee", is: "any", value: ["me"] }] };

  assert.equal(isIn(mine, { assigneeId: null }, null), false);
  assert.equal(isIn(mine, {}, null), false);
});

Deno.test("statusesOf() names every status of what matches", () => {
  fc.assert(fc.property(filter, filterRow, (given, row) => {
    const context = { userId: FILTER_ME, now: FILTER_NOW, isUnread: () => false };
    const parsed = ViewFilter.parse(given);

    const isMatch = matcherOf(parsed)(row, context);

    if (isMatch) assert.ok(statusesOf(parsed).includes(row.status));
  }));
  const either = { any: [{ field: "status", is: "none", value: ["open", "trash"] }] };
  assert.deepEqual(statusesOf(ViewFilter.parse(either)), ["snoozed", "closed", "spam"]);
  const [closed, vip] = [
    { field: "status", is: "any", value: ["closed"] },
    { field: "tag", is: "any", value: ["vip"] },
  ];
  assert.deepEqual(statusesOf(ViewFilter.parse({ all: [closed, vip] })), ["closed"]);
  assert.equal(statusesOf(ViewFilter.parse({ any: [closed, vip] })).length, 5);
});

Deno.test("matcherOf() takes the API's times as it takes stored ones", () => {
  fc.assert(fc.property(filter, filterRow, (given, row) => {
    const context = { userId: FILTER_ME, now: FILTER_NOW, isUnread: () => true };
    const iso = (at: number | null) => at === null ? null : new Date(at).toISOString();
    const told = {
      ...row,
      snoozedUntil: iso(row.snoozedUntil),
      waitingSince: iso(row.waitingSince),
      createdAt: new Date(row.createdAt).toISOString(),
      updatedAt: new Date(row.updatedAt).toISOString(),
      lastMessageAt: new Date(row.lastMessageAt).toISOString(),
    };

    assert.equal(matcherOf(given)(told, context), matcherOf(given)(row, context));
  }));
});

Deno.test("isTimed() and isPersonal() say what a filter depends on", () => {
  fc.assert(fc.property(condition, filterRow, (one, row) => {
    const given = { all: [one] };
    const at = (now: number, userId: string, isUnread: boolean) =>
      matcherOf(given)(row, { now, userId, isUnread: () => isUnread });
    const first = at(FILTER_NOW, FILTER_ME, true);

    if (!isTimed(given)) assert.equal(at(FILTER_NOW + 1e10, FILTER_ME, true), first);
    if (!isPersonal(given)) assert.equal(at(FILTER_NOW, "usr_2", false), first);
  }));
});

Deno.test("ViewFilter refuses what is too deep, too many, empty or unknown", () => {
  const vip = { field: "tag", is: "any", value: ["vip"] };
  const deep = (n: number): unknown => n === 0 ? vip : { all: [deep(n - 1)] };
  const many = (n: number) => ({ any: Array.from({ length: n }, () => vip) });
  const isGood = (given: unknown) => ViewFilter.safeParse(given).success;

  assert.equal(isGood(deep(3)), true);
  assert.equal(isGood(deep(4)), false);
  assert.equal(isGood(many(30)), true);
  assert.equal(isGood({ all: [many(16), many(15)] }), false);
  assert.equal(isGood({ all: [] }), false);
  assert.equal(isGood({ all: [vip], any: [vip] }), false);
  assert.equal(isGood({ all: [{ ...vip, field: "colour" }] }), false);
  assert.equal(isGood({ all: [{ ...vip, value: [] }] }), false);
  assert.equal(isGood({ all: [{ field: "status", is: "any", value: ["gone"] }] }), false);
  assert.equal(
    isGood({ all: [{ field: "created", is: "over", value: { amount: 0, unit: "days" } }] }),
    false,
  );
  assert.equal(
    isGood(many(1)) &&
      isGood({
        all: Array.from({ length: 30 }, () => ({ ...vip, value: Array(50).fill("x".repeat(100)) })),
      }),
    false,
  );
});
