/** What a list asks for, as data and as a filter. */
import { can, type Principal } from "../access/mod.ts";
import {
  type Conversation,
  type ConversationStatus,
  isLive,
  type Lane,
} from "../model/conversation.ts";
import { isAside } from "../model/is_aside.ts";
import type { Sort } from "./select.ts";

/** Which conversations to list, in what order. */
export interface ConversationQuery {
  readonly inboxId?: string | undefined;
  readonly view?:
    | "unassigned"
    | "mine"
    | "open"
    | "closed"
    | "snoozed"
    | "automatic"
    | "spam"
    | "trash"
    | undefined;
  readonly status?: ConversationStatus | undefined;
  readonly assigneeId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly channelId?: string | undefined;
  readonly tag?: string | undefined;
  readonly lane?: Lane | undefined;
  readonly contactId?: string | undefined;
  readonly sort?: Sort | undefined;
  /** 1–100, default 50. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** Everything the query and the caller's rights ask of one row. */
export function filterOf(
  principal: Principal,
  query: ConversationQuery,
): (row: Conversation) => boolean {
  const userId = principal.type === "user" ? principal.user.id : null;
  const status = query.status ?? statusOf(query.view);
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
    (status === undefined
      ? query.contactId !== undefined || row.status === "open"
      : row.status === status) &&
    (query.inboxId === undefined || row.inboxId === query.inboxId) &&
    (query.view !== "unassigned" || (row.assigneeId === null && !isAside(row.lane))) &&
    (query.view !== "automatic" || row.lane !== undefined) &&
    (query.lane === undefined || row.lane === query.lane) &&
    (query.view !== "mine" || (userId !== null && row.assigneeId === userId)) &&
    (query.assigneeId === undefined || row.assigneeId === query.assigneeId) &&
    (query.teamId === undefined || row.teamId === query.teamId) &&
    (query.channelId === undefined || row.channelId === query.channelId) &&
    (query.tag === undefined || row.tags.includes(query.tag)) &&
    (query.contactId === undefined || row.contactId === query.contactId) &&
    mayRead(row.inboxId);
}

function statusOf(view: ConversationQuery["view"]): ConversationStatus | undefined {
  switch (view) {
    case undefined:
      return undefined;
    case "unassigned":
    case "mine":
    case "automatic":
    case "open":
      return "open";
    case "closed":
    case "snoozed":
    case "spam":
    case "trash":
      return view;
  }
}

/** Whether the live table holds what is asked for. */
export function wantsLive(query: ConversationQuery): boolean {
  return isLive(query.status ?? statusOf(query.view) ?? "open");
}

/** Which stored order holds it otherwise. */
export function doneStatus(query: ConversationQuery): ConversationStatus {
  return query.status ?? statusOf(query.view) ?? "closed";
}
