/**
 * Where an agent is, as an address and back: `/inbox/<scope>/<view>/<conversationId>?sort=…&pane=…`.
 * The address is the state: a reload, a shared link and the back button lead to the same screen.
 */

import type { Lane } from "../../../core/model/conversation.ts";

/** The lists of a scope. */
export const VIEWS = ["unassigned", "mine", "open", "automatic", "closed", "spam"] as const;
export type View = (typeof VIEWS)[number];

export const SORTS = ["newest", "oldest", "waiting"] as const;
export type Sort = (typeof SORTS)[number];

/** What the list of machines' mail is narrowed to. */
export const LANES = ["automatic", "newsletter", "marketing", "role"] as const;

/** What a narrow screen shows instead of the list or the thread. */
export type Pane = "views" | "side";

export interface WorkspaceRoute {
  /** An inbox id, or "all" for every inbox the caller sees. */
  readonly scope: string;
  readonly view: View;
  readonly sort: Sort;
  /** Only those that began so. */
  readonly lane?: Lane | undefined;
  readonly conversationId: string | null;
  readonly pane: Pane | null;
}

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
  const sort = url.searchParams.get("sort");
  const lane = LANES.find((one) => one === url.searchParams.get("lane"));
  const pane = url.searchParams.get("pane");
  return {
    scope,
    view,
    sort: isSort(sort) ? sort : "newest",
    ...lane === undefined ? {} : { lane },
    conversationId: conversationId ?? null,
    pane: pane === "views" || pane === "side" ? pane : null,
  };
}

/** The inverse of {@link parseRoute}: path and query. */
export function formatRoute(route: WorkspaceRoute): string {
  const parts = ["inbox", route.scope, route.view];
  if (route.conversationId !== null) parts.push(route.conversationId);
  const query = new URLSearchParams();
  if (route.sort !== "newest") query.set("sort", route.sort);
  if (route.lane !== undefined) query.set("lane", route.lane);
  if (route.pane !== null) query.set("pane", route.pane);
  const search = query.toString();
  return "/" + parts.map(encodeURIComponent).join("/") + (search === "" ? "" : `?${search}`);
}

/** True when both show the same list. */
export function isSameList(a: WorkspaceRoute, b: WorkspaceRoute): boolean {
  return a.scope === b.scope && a.view === b.view && a.sort === b.sort && a.lane === b.lane;
}

function isView(value: string | undefined): value is View {
  return VIEWS.some((view) => view === value);
}

function isSort(value: string | null): value is Sort {
  return SORTS.some((sort) => sort === value);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Malformed escapes cannot be an id of ours; kept as they are they match nothing.
    return part;
  }
}
