/**
 * Whether a conversation is in a saved view. One code for the server's lists and counts and for the browser's live list,
 * so it takes times as either writes them and imports nothing that runs.
 */
import type { ConversationStatus, Lane, Priority } from "./conversation.ts";
import type { ViewCondition, ViewFilter, ViewNode } from "./view_filter.ts";

/** Epoch ms, or ISO 8601 in UTC. */
type Time = number | string;

/** What a filter looks at: a stored conversation, or one in the API's shape. */
export interface FilterRow {
  readonly status: ConversationStatus;
  readonly inboxId: string;
  readonly channelId: string;
  readonly channelType: string;
  readonly contactName: string;
  readonly subject: string;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly tags: readonly string[];
  readonly priority: Priority | null;
  readonly lane?: Lane | undefined;
  readonly snoozedUntil: Time | null;
  readonly waitingSince: Time | null;
  readonly createdAt: Time;
  readonly updatedAt: Time;
  readonly lastMessageAt: Time;
  readonly failedMessageId: string | null;
}

/** For whom, and when. */
export interface FilterContext<Row> {
  /** Who "me" is; null for a token, for which nothing is "me". */
  readonly userId: string | null;
  /** Epoch ms. */
  readonly now: number;
  isUnread(row: Row): boolean;
}

/** The pure rule: whether a row is in a view with this filter. What it takes is worked out once, for many rows. */
export function matcherOf(
  filter: ViewFilter,
): <Row extends FilterRow>(row: Row, context: FilterContext<Row>) => boolean {
  const statuses = statusesOf(filter);
  return (row, context) => statuses.includes(row.status) && holds(filter, row, context);
}

const STATUSES = ["open", "snoozed", "closed", "spam", "trash"] as const;

/** Statuses its conversations may have: where they have to be looked for. */
export function statusesOf(filter: ViewFilter): readonly ConversationStatus[] {
  return STATUSES.filter((status) => mayHave(filter, status));
}

/** Whether its conversations change while nothing but time passes. */
export function isTimed(filter: ViewFilter): boolean {
  return conditionsOf(filter).some((condition) =>
    typeof condition.value === "object" &&
    "unit" in condition.value
  );
}

/** Whether it holds others for each person. */
export function isPersonal(filter: ViewFilter): boolean {
  return conditionsOf(filter).some(({ field, value }) =>
    field === "unread" || (field === "assignee" && value.includes("me"))
  );
}

/** All conditions of a filter, in the order they stand. */
export function conditionsOf(node: ViewNode): readonly ViewCondition[] {
  return "field" in node ? [node] : nodesOf(node).flatMap(conditionsOf);
}

export function nodesOf(filter: ViewFilter): readonly ViewNode[] {
  return "all" in filter ? filter.all : filter.any;
}

/** A filter that says nothing of the status means open ones; of the snooze alone, those not done yet. */
function mayHave(filter: ViewFilter, status: ConversationStatus): boolean {
  const fields = conditionsOf(filter).map(({ field }) => field);
  if (fields.includes("status")) return mayHold(filter, status);
  return status === "open" || (status === "snoozed" && fields.includes("snoozedUntil"));
}

/** Whether the conditions on the status leave it possible; nothing is negated, so all others count as possible. */
function mayHold(node: ViewNode, status: ConversationStatus): boolean {
  if ("field" in node) {
    return node.field !== "status" || node.value.includes(status) === (node.is === "any");
  }
  return "all" in node
    ? node.all.every((one) => mayHold(one, status))
    : node.any.some((one) => mayHold(one, status));
}

function holds<Row extends FilterRow>(
  node: ViewNode,
  row: Row,
  context: FilterContext<Row>,
): boolean {
  if ("field" in node) return isTrue(node, row, context);
  return "all" in node
    ? node.all.every((one) => holds(one, row, context))
    : node.any.some((one) => holds(one, row, context));
}

function isTrue<Row extends FilterRow>(
  condition: ViewCondition,
  row: Row,
  context: FilterContext<Row>,
): boolean {
  switch (condition.field) {
    case "status":
      return isIn(condition.value, row.status, condition.is);
    case "inbox":
      return isIn(condition.value, row.inboxId, condition.is);
    case "channel":
      return isIn(condition.value, row.channelId, condition.is);
    case "channelType":
      return isIn(condition.value, row.channelType, condition.is);
    case "assignee":
      return isSomebody(condition.value, row.assigneeId, context.userId) ===
        (condition.is === "any");
    case "team":
      return isSomebody(condition.value, row.teamId, null) === (condition.is === "any");
    case "tag":
      return condition.value.some((tag) => row.tags.includes(tag)) === (condition.is === "any");
    case "priority":
      return isIn(condition.value, row.priority ?? "none", condition.is);
    case "lane":
      return isIn(condition.value, row.lane ?? "none", condition.is);
    case "contact":
      return hasText(row.contactName, condition.value) === (condition.is === "contains");
    case "subject":
      return hasText(row.subject, condition.value) === (condition.is === "contains");
    case "created":
      return isAgo(condition, row.createdAt, context.now);
    case "updated":
      return isAgo(condition, row.updatedAt, context.now);
    case "lastMessage":
      return isAgo(condition, row.lastMessageAt, context.now);
    case "waitingSince":
      return isAgo(condition, row.waitingSince, context.now);
    case "snoozedUntil":
      return isAhead(condition, row.snoozedUntil, context.now);
    case "unread":
      return context.isUnread(row) === condition.value;
    case "failed":
      return (row.failedMessageId !== null) === condition.value;
    case "waiting":
      return (row.waitingSince !== null) === condition.value;
  }
  return condition satisfies never;
}

function isIn(values: readonly string[], value: string, is: "any" | "none"): boolean {
  return values.includes(value) === (is === "any");
}

function isSomebody(values: readonly string[], id: string | null, me: string | null): boolean {
  if (id === null) return values.includes("nobody");
  return values.includes(id) || (id === me && values.includes("me"));
}

function hasText(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

type Timed = Extract<ViewCondition, { readonly value: { readonly unit: string } }>;

/** `over`: longer ago than so much; `under`: not as long ago. Neither, where it never happened. */
function isAgo({ is, value }: Timed, at: Time | null, now: number): boolean {
  if (at === null) return false;
  return now - toMs(at) > msOf(value) === (is === "over");
}

/** The same, of a time to come. */
function isAhead({ is, value }: Timed, at: Time | null, now: number): boolean {
  if (at === null) return false;
  return toMs(at) - now > msOf(value) === (is === "over");
}

const UNIT_MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

function msOf({ amount, unit }: Timed["value"]): number {
  return amount * UNIT_MS[unit];
}

function toMs(time: Time): number {
  return typeof time === "number" ? time : Date.parse(time);
}
