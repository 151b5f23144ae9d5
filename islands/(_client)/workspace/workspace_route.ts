/**
 * Where an agent is, as an address and back: `/inbox/<scope>/<view>/<conversationId>?sort=…&pane=…`.
 * The address is the state: a reload, a shared link and the back button lead to the same screen.
 */

import type { Lane } from "../../../core/model/conversation.ts";
import type { ViewSort } from "../../../core/model/view.ts";

/** The lists of a scope. */
export const VIEWS = [
  "unassigned",
  "mine",
  "open",
  "automatic",
  "snoozed",
  "closed",
  "spam",
  "trash",
] as const;
/** The reader's own lists, over all inboxes. */
export const PERSONAL_VIEWS = ["mentions", "following", "drafts", "scheduled", "sent"] as const;
export type PersonalView = (typeof PERSONAL_VIEWS)[number];
/** `filter`: what the address's own filter finds, saved by nobody. */
export type View = (typeof VIEWS)[number] | PersonalView | "filter";
/** A saved view's id. */
export type SavedView = `viw_${string}`;

export const SORTS = ["newest", "oldest", "waiting", "priority", "sla"] as const;
export type Sort = ViewSort;

/** What the list of machines' mail is narrowed to. */
export const LANES = ["automatic", "newsletter", "marketing", "role"] as const;

/** What a narrow screen shows instead of the list or the thread. */
export type Pane = "views" | "side";

export interface WorkspaceRoute {
  /** An inbox id, or "all" for every inbox the caller sees. */
  readonly scope: string;
  readonly view: View | SavedView;
  readonly sort: Sort;
  /** Only those that began so. */
  readonly lane?: Lane | undefined;
  readonly channelId?: string | undefined;
  readonly channelType?: string | undefined;
  /** Only the reader's, or what they have still to read. */
  readonly only?: "mine" | "unread" | undefined;
  /** Of the view "filter": a filter as JSON. */
  readonly filter?: string | undefined;
  readonly conversationId: string | null;
  readonly pane: Pane | null;
}

/** The part of an address that names a list. */
export type ListName = Omit<WorkspaceRoute, "conversationId" | "pane">;

export const FIRST_ROUTE: WorkspaceRoute = {
  scope: "all",
  view: "open",
  sort: "newest",
  conversationId: null,
  pane: null,
};

/** @returns null for an address that is not one of the workspace's. */
export function parseRoute(url: URL): WorkspaceRoute | null {
  const [inbox, scope, view, conversationId, ...rest] = url.pathname.split("/").slice(1)
    .filter((part) => part !== "").map(decode);
  if (inbox !== "inbox" || !scope || !isView(view) || rest.length > 0) return null;
  const query = url.searchParams;
  const sort = query.get("sort");
  const pane = query.get("pane");
  const narrowed = {
    lane: LANES.find((one) => one === query.get("lane")),
    channelId: query.get("channel") ?? undefined,
    channelType: query.get("kind") ?? undefined,
    only: ONLY.find((one) => one === query.get("only")),
    filter: view === "filter" ? query.get("filter") ?? undefined : undefined,
  };
  return {
    scope,
    view,
    sort: SORTS.find((one) => one === sort) ?? "newest",
    ...withoutNothing(narrowed),
    conversationId: conversationId ?? null,
    pane: pane === "views" || pane === "side" ? pane : null,
  };
}

/** The inverse of {@link parseRoute}: path and query. */
export function formatRoute(route: WorkspaceRoute): string {
  const parts = ["inbox", route.scope, route.view];
  if (route.conversationId !== null) parts.push(route.conversationId);
  const query = new URLSearchParams(queryOfList(route));
  if (route.pane !== null) query.set("pane", route.pane);
  const search = query.toString();
  return "/" + parts.map(encodeURIComponent).join("/") + (search === "" ? "" : `?${search}`);
}

/** What a list's address says behind the question mark. */
export function queryOfList(list: ListName): Record<string, string> {
  const { sort, lane, channelId: channel, channelType: kind, only, filter } = list;
  return withoutNothing({
    sort: sort === "newest" ? undefined : sort,
    ...{ lane, channel, kind, only },
    filter: list.view === "filter" ? filter : undefined,
  });
}

/** Another list: the place alone, narrowed by nothing. */
export function listRoute(
  scope: string,
  view: WorkspaceRoute["view"],
  more: Partial<ListName> = {},
): WorkspaceRoute {
  return { ...FIRST_ROUTE, ...more, scope, view };
}

/** True when both show the same list. */
export function isSameList(a: ListName, b: ListName): boolean {
  return listKey(a) === listKey(b);
}

/** One text per list. */
export function listKey(list: ListName): string {
  return JSON.stringify([list.scope, list.view, queryOfList(list)]);
}

const ONLY = ["mine", "unread"] as const;

export function isSavedView(view: string): view is SavedView {
  return /^viw_\w{1,96}$/.test(view);
}

export function isPersonalView(view: string): view is PersonalView {
  return PERSONAL_VIEWS.some((one) => one === view);
}

function isView(value: string | undefined): value is WorkspaceRoute["view"] {
  if (value === undefined) return false;
  return VIEWS.some((view) => view === value) || isPersonalView(value) || value === "filter" ||
    isSavedView(value);
}

/** Fields that say something: two addresses of one list are then written alike. */
function withoutNothing<Fields extends Record<string, string | undefined>>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  const told = Object.entries(fields).filter(([, value]) => value !== undefined && value !== "");
  // Of the same fields, those that have a value.
  return Object.fromEntries(told) as { [Name in keyof Fields]?: NonNullable<Fields[Name]> };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Malformed escapes cannot be an id of ours; kept as they are they match nothing.
    return part;
  }
}
