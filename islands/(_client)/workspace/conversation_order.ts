/** Which conversations a list holds, and in which order: the server's rules, for live changes. */
import { isAside } from "../../../core/model/is_aside.ts";
import type { ApiConversation } from "../../../core/model/api.ts";
import type { View, WorkspaceRoute } from "./workspace_route.ts";

/** The part of an address that names a list. */
export type ListName = Pick<WorkspaceRoute, "scope" | "view" | "sort" | "lane">;

/** @param me id of the signed-in user, for "mine". */
export function isInList(
  conversation: ApiConversation,
  { scope, view, lane }: ListName,
  me: string,
): boolean {
  if (conversation.mergedIntoId !== undefined) return false;
  if (lane !== undefined && conversation.lane !== lane) return false;
  if (scope !== "all" && conversation.inboxId !== scope) return false;
  return isInView(conversation, view, me);
}

/** Comparator: the server's orders, ids break ties. What is closed stands by when that happened. */
export function compareIn(
  { sort, view }: ListName,
): (a: ApiConversation, b: ApiConversation) => number {
  const timeOf = (conversation: ApiConversation) =>
    view === "closed" || view === "spam" ? conversation.updatedAt : conversation.lastMessageAt;
  switch (sort) {
    case "newest":
      return (a, b) => compareText(timeOf(b), timeOf(a)) || compareText(a.id, b.id);
    case "oldest":
      return (a, b) => compareText(timeOf(a), timeOf(b)) || compareText(a.id, b.id);
    case "waiting":
      return (a, b) => compareText(waitKey(a), waitKey(b)) || compareText(a.id, b.id);
  }
}

function isInView(conversation: ApiConversation, view: View, me: string): boolean {
  switch (view) {
    case "unassigned":
      return conversation.status === "open" && conversation.assigneeId === null &&
        !isAside(conversation.lane);
    case "mine":
      return conversation.status === "open" && conversation.assigneeId === me;
    case "open":
      return conversation.status === "open";
    case "automatic":
      return conversation.status === "open" && conversation.lane !== undefined;
    case "closed":
    case "spam":
      return conversation.status === view;
  }
}

/** Nobody waits: after all who do. "Z" sorts after every digit. */
function waitKey(conversation: ApiConversation): string {
  return conversation.waitingSince ?? "Z";
}

/** ISO times in UTC with the same precision sort as text. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
