/** Any filter of a view, and rows that often meet it: few inboxes, people, tags and times. */
import fc from "fast-check";
import type { Conversation } from "../../core/model/conversation.ts";
import type { ViewCondition, ViewFilter, ViewNode } from "../../core/model/view_filter.ts";

const HOUR_MS = 3_600_000;
/** "Now" of the rows. */
export const FILTER_NOW = Date.UTC(2026, 2, 10, 12);
/** Whose views they are. */
export const FILTER_ME = "usr_me";

const someOf = <Value>(...values: readonly Value[]) =>
  fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) });
const is = fc.constantFrom("any" as const, "none" as const);
const byName = (
  field: "inbox" | "channel" | "channelType" | "assignee" | "team" | "tag",
  ...values: string[]
) => fc.record({ field: fc.constant(field), is, value: someOf(...values) });
const time = fc.record({
  field: fc.constantFrom("created", "updated", "lastMessage", "waitingSince", "snoozedUntil"),
  is: fc.constantFrom("over", "under"),
  value: fc.record({
    amount: fc.integer({ min: 1, max: 6 }),
    unit: fc.constantFrom("minutes", "hours", "days"),
  }),
});

/** One condition of any kind. */
export const condition: fc.Arbitrary<ViewCondition> = fc.oneof(
  byName("inbox", "inb_1", "inb_2", "inb_gone"),
  byName("channel", "chn_1", "chn_2", "chn_gone"),
  byName("channelType", "email", "chat"),
  byName("assignee", "me", "nobody", FILTER_ME, "usr_2", "usr_gone"),
  byName("team", "nobody", "tem_1", "tem_gone"),
  byName("tag", "vip", "billing", "gone"),
  fc.record({
    field: fc.constant("status" as const),
    is,
    value: someOf("open" as const, "snoozed" as const, "closed" as const, "spam" as const),
  }),
  fc.record({
    field: fc.constant("priority" as const),
    is,
    value: someOf("none" as const, "low" as const, "high" as const, "urgent" as const),
  }),
  fc.record({
    field: fc.constant("lane" as const),
    is,
    value: someOf("none" as const, "role" as const, "newsletter" as const),
  }),
  fc.record({
    field: fc.constantFrom("contact" as const, "subject" as const),
    is: fc.constantFrom("contains" as const, "lacks" as const),
    value: fc.constantFrom("a", "GIULIA", "ordine"),
  }),
  // One record of all times: its fields go together, which the type cannot see.
  time as fc.Arbitrary<ViewCondition>,
  fc.record({
    field: fc.constantFrom("unread" as const, "failed" as const, "waiting" as const),
    is: fc.constant("equal" as const),
    value: fc.boolean(),
  }),
);

/** A whole filter, up to three deep. */
export const filter: fc.Arbitrary<ViewFilter> = group(3);

function group(depth: number): fc.Arbitrary<ViewFilter> {
  const node: fc.Arbitrary<ViewNode> = depth === 1
    ? condition
    : fc.oneof({ weight: 3, arbitrary: condition }, { weight: 1, arbitrary: group(depth - 1) });
  const nodes = fc.array(node, { minLength: 1, maxLength: 3 });
  return fc.oneof(nodes.map((all) => ({ all })), nodes.map((any) => ({ any })));
}

const ago = fc.nat(8).map((n) => FILTER_NOW - n * HOUR_MS);

/** A stored conversation, but for its id. */
export const filterRow: fc.Arbitrary<Omit<Conversation, "id">> = fc.record({
  number: fc.nat(9),
  inboxId: fc.constantFrom("inb_1", "inb_2"),
  channelId: fc.constantFrom("chn_1", "chn_2"),
  channelType: fc.constantFrom("email", "chat"),
  contactId: fc.constant("con_1"),
  contactName: fc.constantFrom("Giulia Ferrari", "Tom"),
  subject: fc.constantFrom("", "Ordine VL-1", "A bike"),
  preview: fc.constant("…"),
  previewKind: fc.constant("inbound" as const),
  status: fc.constantFrom("open", "open", "open", "snoozed", "closed", "spam"),
  statusAt: ago,
  assigneeId: fc.constantFrom(null, FILTER_ME, "usr_2"),
  teamId: fc.constantFrom(null, "tem_1"),
  tags: fc.subarray(["vip", "billing"]),
  priority: fc.constantFrom(null, "low", "high", "urgent"),
  snoozedUntil: fc.constantFrom(null, FILTER_NOW + HOUR_MS, FILTER_NOW + 30 * HOUR_MS),
  waitingSince: fc.oneof(fc.constant(null), ago),
  createdAt: ago,
  updatedAt: ago,
  lastMessageAt: ago,
  version: fc.constant(1),
  lastSeq: fc.constant(3),
  lastUnreadSeq: fc.constant(2),
  failedMessageId: fc.constantFrom(null, "msg_1"),
}).chain((row) =>
  fc.constantFrom({}, { lane: "role" as const }, { lane: "newsletter" as const })
    .map((lane) => ({ ...row, ...lane }))
);
