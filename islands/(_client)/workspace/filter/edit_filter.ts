/** Changes to a filter while it is built: pure, by the path of places from its root. */
import { isSavedView, type ListName } from "../workspace_route.ts";
import { filterOfList, type ListRules } from "../list_rules.ts";
import type { ViewCondition, ViewFilter, ViewNode } from "../../../../core/model/view_filter.ts";
import { conditionsOf, nodesOf } from "../../../../core/model/match_filter.ts";

export type Path = readonly number[];

/** The filter with a node in place of the one at `path`; null takes it away. */
export function replaceAt(filter: ViewFilter, path: Path, node: ViewNode | null): ViewFilter {
  const [at, ...rest] = path;
  if (at === undefined) return node === null || "field" in node ? filter : node;
  const nodes = nodesOf(filter);
  const there = nodes[at];
  if (there === undefined) return filter;
  const next = rest.length === 0 ? node : "field" in there ? there : replaceAt(there, rest, node);
  return withNodes(filter, next === null ? nodes.toSpliced(at, 1) : nodes.with(at, next));
}

/** The filter with a node more at the end of the group at `path`. */
export function addAt(filter: ViewFilter, path: Path, node: ViewNode): ViewFilter {
  const group = groupAt(filter, path);
  if (group === null) return filter;
  return replaceAt(filter, path, withNodes(group, [...nodesOf(group), node]));
}

/** The group at `path` asked for all or for any of its conditions. */
export function joinAt(filter: ViewFilter, path: Path, by: "all" | "any"): ViewFilter {
  const group = groupAt(filter, path);
  if (group === null) return filter;
  const nodes = nodesOf(group);
  return replaceAt(filter, path, by === "all" ? { all: nodes } : { any: nodes });
}

/** Without what is not filled in yet, and without empty groups; null when nothing is left. */
export function finished(node: ViewFilter): ViewFilter | null {
  const nodes = nodesOf(node).flatMap((one): readonly ViewNode[] => {
    if (!("field" in one)) return finished(one) === null ? [] : [finished(one) ?? one];
    return isFilledIn(one) ? [one] : [];
  });
  return nodes.length === 0 ? null : withNodes(node, nodes);
}

export function isFilledIn({ value }: ViewCondition): boolean {
  if (typeof value === "string") return value.trim() !== "";
  return !Array.isArray(value) || value.length > 0;
}

/** What a list shows, as a filter of its own: where building one begins. */
export function filterFrom(list: ListName, rules: ListRules): ViewFilter {
  const own = filterOfList(list, rules);
  const more = narrowing(list);
  if (own != null) {
    if (more.length === 0) return own;
    return { all: "all" in own ? [...own.all, ...more] : [own, ...more] };
  }
  const nodes = [...isSavedView(list.view) ? [] : ofView(list.view), ...more];
  return { all: nodes.length === 0 ? ofView("open") : nodes };
}

/** How many conditions it has, whether finished or not. */
export function sizeOf(filter: ViewFilter): number {
  return conditionsOf(filter).length;
}

function ofView(view: ListName["view"]): readonly ViewCondition[] {
  const status = (value: "open" | "snoozed" | "closed" | "spam" | "trash"): ViewCondition => ({
    field: "status",
    is: "any",
    value: [value],
  });
  switch (view) {
    case "mine":
      return [status("open"), { field: "assignee", is: "any", value: ["me"] }];
    case "unassigned":
      return [
        status("open"),
        { field: "assignee", is: "any", value: ["nobody"] },
        { field: "lane", is: "any", value: ["none", "role"] },
      ];
    case "automatic":
      return [status("open"), { field: "lane", is: "none", value: ["none"] }];
    case "snoozed":
    case "closed":
    case "spam":
    case "trash":
      return [status(view)];
    default:
      return [status("open")];
  }
}

function narrowing(list: ListName): readonly ViewCondition[] {
  const { scope, channelId, channelType, lane, only } = list;
  const is = "any";
  return [
    ...scope === "all" ? [] : [{ field: "inbox", is, value: [scope] } as const],
    ...channelId === undefined ? [] : [{ field: "channel", is, value: [channelId] } as const],
    ...channelType === undefined
      ? []
      : [{ field: "channelType", is, value: [channelType] } as const],
    ...lane === undefined ? [] : [{ field: "lane", is, value: [lane] } as const],
    ...only === "mine" ? [{ field: "assignee", is, value: ["me"] } as const] : [],
    ...only === "unread" ? [{ field: "unread", is: "equal", value: true } as const] : [],
  ];
}

function groupAt(filter: ViewFilter, path: Path): ViewFilter | null {
  const [at, ...rest] = path;
  if (at === undefined) return filter;
  const there = nodesOf(filter)[at];
  return there === undefined || "field" in there ? null : groupAt(there, rest);
}

function withNodes(filter: ViewFilter, nodes: readonly ViewNode[]): ViewFilter {
  return "all" in filter ? { all: nodes } : { any: nodes };
}
