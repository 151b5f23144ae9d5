/** Which conversations a list holds, and in which order: the server's rules, for live changes. */
import type { ApiConversation } from "../../../core/model/api.ts";
import type { ConversationStatus } from "../../../core/model/conversation.ts";
import { isAside } from "../../../core/model/is_aside.ts";
import { matcherOf, statusesOf } from "../../../core/model/match_filter.ts";
import { filterOfList, type ListRules } from "./list_rules.ts";
import { type ListName, type View } from "./workspace_route.ts";

export type { ListName };

/**
 * Whether a list holds a conversation. Of the reader's own lists only the server knows: there it says whether one that
 * is in it stays.
 */
export function isInList(
  conversation: ApiConversation,
  list: ListName,
  rules: ListRules,
): boolean {
  if (conversation.mergedIntoId !== undefined) return false;
  if (list.lane !== undefined && conversation.lane !== list.lane) return false;
  if (list.scope !== "all" && conversation.inboxId !== list.scope) return false;
  if (list.channelId !== undefined && conversation.channelId !== list.channelId) return false;
  if (list.channelType !== undefined && conversation.channelType !== list.channelType) return false;
  if (list.only === "mine" && conversation.assigneeId !== rules.me) return false;
  if (list.only === "unread" && !conversation.unread) return false;
  const filter = filterOfList(list, rules);
  if (filter === undefined) return isInView(conversation, list.view, rules.me);
  if (filter === null) return false;
  const { me: userId } = rules;
  const isUnread = ({ unread }: ApiConversation) => unread;
  return matcherOf(filter)(conversation, { userId, now: rules.now(), isUnread });
}

/**
 * Comparator: the server's orders. What is done stands by when that happened; lists that hold such know only orders by
 * time, in which ids break ties as they are stored.
 */
export function compareIn(
  list: ListName,
  rules: ListRules,
): (a: ApiConversation, b: ApiConversation) => number {
  const hasDone = statusesOfList(list, rules).some((status) => !isLive(status));
  const timeOf = (one: ApiConversation) => isLive(one.status) ? one.lastMessageAt : one.statusAt;
  const sort = hasDone && list.sort !== "oldest" ? "newest" : list.sort;
  switch (sort) {
    case "newest":
      return (a, b) =>
        compareText(timeOf(b), timeOf(a)) ||
        (hasDone ? compareText(b.id, a.id) : compareText(a.id, b.id));
    case "oldest":
      return (a, b) => compareText(timeOf(a), timeOf(b)) || compareText(a.id, b.id);
    case "waiting":
      return (a, b) => compareText(waitKey(a), waitKey(b)) || compareText(a.id, b.id);
    case "priority":
      return (a, b) => rankOf(a) - rankOf(b) || byMessage(a, b);
    case "sla":
      return byMessage;
  }
}

/** Which orders a list can stand in. */
export function statusesOfList(
  list: ListName,
  rules: ListRules,
): readonly ConversationStatus[] {
  const filter = filterOfList(list, rules);
  if (filter !== undefined) return filter === null ? ["open"] : statusesOf(filter);
  const { view } = list;
  const isOwn = view === "closed" || view === "spam" || view === "trash" || view === "snoozed";
  return [isOwn ? view : "open"];
}

function isInView(
  { status, assigneeId, lane }: ApiConversation,
  view: ListName["view"],
  me: string,
): boolean {
  // Saved ones have a filter.
  switch (view as View) {
    case "unassigned":
      return status === "open" && assigneeId === null && !isAside(lane);
    case "mine":
      return status === "open" && assigneeId === me;
    case "open":
      return status === "open";
    case "automatic":
      return status === "open" && lane !== undefined;
    case "snoozed":
    case "closed":
    case "spam":
    case "trash":
      return status === view;
    case "mentions":
    case "following":
    case "drafts":
    case "scheduled":
    case "sent":
      return status !== "spam" && status !== "trash";
    case "filter":
      return false;
  }
}

function isLive(status: ConversationStatus): boolean {
  return status === "open" || status === "snoozed";
}

const RANK = { urgent: 0, high: 1, medium: 2, low: 3 } as const;

function rankOf({ priority }: ApiConversation): number {
  return priority === null ? 4 : RANK[priority];
}

function byMessage(a: ApiConversation, b: ApiConversation): number {
  return compareText(b.lastMessageAt, a.lastMessageAt) || compareText(a.id, b.id);
}

/** Nobody waits: after all who do. "Z" sorts after every digit. */
function waitKey(conversation: ApiConversation): string {
  return conversation.waitingSince ?? "Z";
}

/** ISO times in UTC with the same precision sort as text. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
