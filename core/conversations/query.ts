/** What a list asks for, as data and as a filter. */
import { can, type Principal } from "../access/mod.ts";
import type { Conversation, ConversationStatus, Lane } from "../model/conversation.ts";
import { isAside } from "../model/is_aside.ts";
import { matcherOf, statusesOf } from "../model/match_filter.ts";
import type { ViewFilter } from "../model/view_filter.ts";
import type { PersonalList } from "../store/mod.ts";
import type { Sort } from "./select.ts";

/** Lists everybody has. */
export type FixedView =
  | "unassigned"
  | "mine"
  | "open"
  | "closed"
  | "snoozed"
  | "automatic"
  | "spam"
  | "trash";

/** Which conversations to list, in what order. */
export interface ConversationQuery {
  readonly inboxId?: string | undefined;
  readonly view?: FixedView | PersonalList | `viw_${string}` | undefined;
  /** Besides the view. */
  readonly filter?: ViewFilter | undefined;
  readonly status?: ConversationStatus | undefined;
  /** "me": the caller. */
  readonly assigneeId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly channelId?: string | undefined;
  readonly channelType?: string | undefined;
  readonly tag?: string | undefined;
  readonly lane?: Lane | undefined;
  readonly contactId?: string | undefined;
  /** Whether the caller has still to read it. */
  readonly unread?: boolean | undefined;
  /** Words and filters of a search: then any status counts unless one is named. */
  readonly q?: string | undefined;
  /** Default: the saved view's own, else newest. */
  readonly sort?: Sort | undefined;
  /** 1–100, default 50. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** A query with all that has to be looked up for it. */
export interface ResolvedQuery extends Omit<ConversationQuery, "view"> {
  readonly view?: FixedView | PersonalList | undefined;
  /** Each narrows the list: a saved view's, and one that came with the query. */
  readonly filters: readonly ViewFilter[];
  /** Epoch ms. */
  readonly now: number;
  /** Whether the caller has still to read a row. */
  isUnread(row: Conversation): boolean;
}

/** Everything the query and the caller's rights ask of one row. */
export function filterOf(
  principal: Principal,
  query: ResolvedQuery,
): (row: Conversation) => boolean {
  const userId = principal.type === "user" ? principal.user.id : null;
  const statuses = wantedStatuses(query);
  const context = { userId, now: query.now, isUnread: query.isUnread };
  const matchers = query.filters.map(matcherOf);
  const readable = new Map<string, boolean>();
  /** Asked once per inbox: a list looks at every open conversation. */
  const mayRead = (inboxId: string) => {
    let may = readable.get(inboxId);
    if (may === undefined) {
      may = can(principal, "conversation.read", { inboxId });
      readable.set(inboxId, may);
    }
    return may;
  };
  return (row) =>
    statuses.includes(row.status) &&
    (query.inboxId === undefined || row.inboxId === query.inboxId) &&
    (query.view !== "unassigned" || (row.assigneeId === null && !isAside(row.lane))) &&
    (query.view !== "automatic" || row.lane !== undefined) &&
    (query.lane === undefined || row.lane === query.lane) &&
    (query.view !== "mine" || (userId !== null && row.assigneeId === userId)) &&
    (query.assigneeId === undefined || row.assigneeId === query.assigneeId) &&
    (query.teamId === undefined || row.teamId === query.teamId) &&
    (query.channelId === undefined || row.channelId === query.channelId) &&
    (query.channelType === undefined || row.channelType === query.channelType) &&
    (query.tag === undefined || row.tags.includes(query.tag)) &&
    (query.contactId === undefined || row.contactId === query.contactId) &&
    (query.unread === undefined || query.isUnread(row) === query.unread) &&
    mayRead(row.inboxId) &&
    matchers.every((matches) => matches(row, context));
}

const ANY: readonly ConversationStatus[] = ["open", "snoozed", "closed", "spam", "trash"];

/** Statuses in which there may be something: where to look. */
export function wantedStatuses(
  { status, view, filters, contactId, q }: Pick<
    ResolvedQuery,
    "contactId" | "filters" | "q" | "status" | "view"
  >,
): readonly ConversationStatus[] {
  // A status says more than a view's name.
  const asked = status === undefined ? view && statusesOfView(view) : [status];
  const [first, ...others] = [...asked === undefined ? [] : [asked], ...filters.map(statusesOf)];
  if (first === undefined) return contactId === undefined && q === undefined ? ["open"] : ANY;
  return first.filter((one) => others.every((statuses) => statuses.includes(one)));
}

function statusesOfView(view: FixedView | PersonalList): readonly ConversationStatus[] {
  switch (view) {
    case "unassigned":
    case "mine":
    case "automatic":
    case "open":
      return ["open"];
    case "closed":
    case "snoozed":
    case "spam":
    case "trash":
      return [view];
    case "mentions":
    case "following":
    case "sent":
    case "scheduled":
    case "drafts":
      return ANY;
  }
  return view satisfies never;
}
