import * as z from "zod/mini";
import { conditionsOf } from "./match_filter.ts";
import { ConversationStatus, Lane, Priority } from "./conversation.ts";

/** Conditions of a whole filter, however they are grouped. */
export const MAX_CONDITIONS = 30;
/** Of a filter as JSON, so that a view's record stays far below what a value may hold. */
const MAX_FILTER_LENGTH = 16_000;
const MAX_VALUES = 50;

const Is = z.enum(["any", "none"]);

function values<Value extends z.core.SomeType>(value: Value) {
  return z.readonly(z.array(value).check(z.minLength(1), z.maxLength(MAX_VALUES)));
}

/**
 * By id or name: inboxes, channels, kinds of channels, people (also "me" and "nobody"), teams (also "nobody"), tags.
 * `any`: it is one of them; `none`: it is none of them.
 */
const ByName = z.strictObject({
  field: z.enum(["inbox", "channel", "channelType", "assignee", "team", "tag"]),
  is: Is,
  value: values(z.string().check(z.minLength(1), z.maxLength(100))),
});
const ByStatus = z.strictObject({
  field: z.literal("status"),
  is: Is,
  value: values(ConversationStatus),
});
const ByPriority = z.strictObject({
  field: z.literal("priority"),
  is: Is,
  value: values(z.enum([...Object.values(Priority.def.entries), "none"])),
});
const ByLane = z.strictObject({
  field: z.literal("lane"),
  is: Is,
  value: values(z.enum([...Object.values(Lane.def.entries), "none"])),
});
/** In any case; `contact` is the name in the list, which is the address of whoever has no name. */
const ByText = z.strictObject({
  field: z.enum(["contact", "subject"]),
  is: z.enum(["contains", "lacks"]),
  value: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
});
/** How far from now: longer ago than (for `snoozedUntil`: further ahead than) so much, or less far. */
const ByTime = z.strictObject({
  field: z.enum(["created", "updated", "lastMessage", "waitingSince", "snoozedUntil"]),
  is: z.enum(["over", "under"]),
  value: z.strictObject({
    amount: z.int().check(z.gte(1), z.lte(10_000)),
    unit: z.enum(["minutes", "hours", "days"]),
  }),
});
/** `waiting`: the customer waits for an answer. `failed`: a reply was not delivered. */
const ByFlag = z.strictObject({
  field: z.enum(["unread", "failed", "waiting"]),
  is: z.literal("equal"),
  value: z.boolean(),
});

/** One thing asked of a conversation. */
export const ViewCondition = z.readonly(
  z.discriminatedUnion("field", [
    ByName,
    ByStatus,
    ByPriority,
    ByLane,
    ByText,
    ByTime,
    ByFlag,
  ]),
);
export type ViewCondition = z.infer<typeof ViewCondition>;

/** Conditions of which all, or any, hold; a group may stand for a condition, three deep in all. */
export type ViewFilter =
  | { readonly all: readonly ViewNode[] }
  | { readonly any: readonly ViewNode[] };
export type ViewNode = ViewCondition | ViewFilter;

function groupOf<Node extends z.core.SomeType>(node: Node) {
  const nodes = z.readonly(z.array(node).check(z.minLength(1), z.maxLength(MAX_CONDITIONS)));
  return z.readonly(z.union([z.strictObject({ all: nodes }), z.strictObject({ any: nodes })]));
}

const Innermost = groupOf(ViewCondition);
const Inner = groupOf(z.union([ViewCondition, Innermost]));

/** What a view holds. Without a condition on the status: open conversations. */
export const ViewFilter: z.ZodMiniType<ViewFilter, ViewFilter> = groupOf(
  z.union([ViewCondition, Inner]),
).check(
  z.refine((filter) => conditionsOf(filter).length <= MAX_CONDITIONS, {
    error: `takes ${MAX_CONDITIONS} conditions at most`,
  }),
  z.refine((filter) => JSON.stringify(filter).length <= MAX_FILTER_LENGTH, {
    error: "is too long",
  }),
);
