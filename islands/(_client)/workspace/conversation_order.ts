/** Which conversations a list holds, and in which order: the server's rules, for live changes. */
import type { ApiConversation } from "../../../core/model/api.ts";
import type { Sort, View, WorkspaceRoute } from "./workspace_route.ts";

/** The part of an address that names a list. */
export type ListName = Pick<WorkspaceRoute, "scope" | "view" | "sort">;

/** @param me id of the signed-in user, for "mine". */
export function isInList(
  conversation: ApiConversation,
  { scope, view }: ListName,
  me: string,
): boolean {
  if (scope !== "all" && conversation.inboxId !== scope) return false;
  return isInView(conversation, view, me);
}

/** Comparator: newest message first, ids break ties as on the server. */
export function compareIn(sort: Sort): (a: ApiConversation, b: ApiConversation) => number {
  switch (sort) {
    case "newest":
      return (a, b) => compareText(b.lastMessageAt, a.lastMessageAt) || compareText(b.id, a.id);
    case "oldest":
      return (a, b) => compareText(a.lastMessageAt, b.lastMessageAt) || compareText(a.id, b.id);
    case "waiting":
      return (a, b) => compareText(waitKey(a), waitKey(b)) || compareText(a.id, b.id);
  }
}

function isInView(conversation: ApiConversation, view: View, me: string): boolean {
  switch (view) {
    case "unassigned":
      return conversation.status === "open" && conversation.assigneeId === null;
    case "mine":
      return conversation.status === "open" && conversation.assigneeId === me;
    case "open":
      return conversation.status === "open";
    case "closed":
      return conversation.status === "closed";
  }
}

/** Nobody waits: after all who do. "Z" sorts after every digit. */
function waitKey(conversation: ApiConversation): string {
  return conversation.waitingSince ?? `Z${conversation.lastMessageAt}`;
}

/** ISO times in UTC with the same precision sort as text. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
