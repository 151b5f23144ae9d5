/** What the fixed lists are called. */
import type { Lane } from "../../../core/model/conversation.ts";
import type { ApiCounts } from "../../../core/model/api.ts";
import type { IconName } from "../../(_components)/icon_names.ts";
import type { Sort, View } from "./workspace_route.ts";

export const VIEW_WORDS: Readonly<
  Record<View, { readonly icon: IconName; readonly title: string; readonly empty: string }>
> = {
  unassigned: {
    icon: "circle",
    title: "Unassigned",
    empty: "New conversations land here before someone takes them.",
  },
  mine: {
    icon: "user",
    title: "Assigned to me",
    empty: "Conversations you take, or a colleague gives you, land here.",
  },
  open: { icon: "inbox", title: "All open", empty: "New conversations land here." },
  automatic: {
    icon: "bot",
    title: "Automatic",
    empty: "Newsletters, notifications and out-of-office replies wait here.",
  },
  spam: { icon: "spam", title: "Spam", empty: "What is taken for spam is kept here for a while." },
  closed: { icon: "check", title: "Closed", empty: "What is done is kept here." },
};

/** What began a conversation, when it was not plainly a person. */
export const LANE_WORDS: Readonly<Record<Lane, string>> = {
  automatic: "Machines",
  newsletter: "Newsletters",
  marketing: "Marketing",
  role: "Role addresses",
};

export const SORT_WORDS: Readonly<Record<Sort, string>> = {
  newest: "Newest first",
  oldest: "Oldest first",
  waiting: "Waiting longest",
};

/** How many a list holds; undefined where nobody counts. */
export function countOf(counts: ApiCounts, scope: string, view: View): number | undefined {
  if (view === "closed" || view === "spam") return undefined;
  return counts[scope]?.[view] ?? 0;
}
