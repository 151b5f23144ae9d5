/** What lists are called. */
import type { ApiCounts } from "../../../core/model/api.ts";
import type { Lane } from "../../../core/model/conversation.ts";
import type { IconName } from "../../(_components)/icon_names.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import {
  isPersonalView,
  isSavedView,
  type ListName,
  type Sort,
  type View,
  type WorkspaceRoute,
} from "./workspace_route.ts";

export interface ViewWords {
  readonly icon: IconName;
  readonly title: string;
  /** When there is nothing. */
  readonly empty: string;
}

export const VIEW_WORDS: Readonly<Record<View, ViewWords>> = {
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
  snoozed: {
    icon: "snooze",
    title: "Snoozed",
    empty: "What is put off waits here, and comes back by itself.",
  },
  closed: { icon: "check", title: "Closed", empty: "What is done is kept here." },
  spam: { icon: "spam", title: "Spam", empty: "What is taken for spam is kept here for a while." },
  trash: { icon: "trash", title: "Trash", empty: "What was thrown away can be taken back here." },
  mentions: {
    icon: "at",
    title: "Mentions",
    empty: "Comments that name you, or a team of yours, are found here.",
  },
  following: {
    icon: "eye",
    title: "Following",
    empty: "Conversations you follow are found here, whoever has them.",
  },
  drafts: { icon: "pencil", title: "Drafts", empty: "What you began to write is kept here." },
  scheduled: { icon: "later", title: "Scheduled", empty: "Replies you send later wait here." },
  sent: { icon: "send", title: "Sent", empty: "Conversations you answered are found here." },
  filter: {
    icon: "filter",
    title: "Filtered",
    empty: "Nothing fits this filter. Take a condition away.",
  },
};

const SAVED = { icon: "star", empty: "Nothing fits this view now." } as const;

/** A list's name, with the channel or kind it is narrowed to. */
export function wordsOf(model: WorkspaceModel, list: ListName): ViewWords {
  const { view, channelId, channelType } = list;
  if (isSavedView(view)) {
    const saved = model.views.get(view);
    return saved === undefined
      ? { ...SAVED, title: "Deleted view", empty: "This view was deleted, or is no longer shared." }
      : { ...SAVED, title: saved.name };
  }
  const words = VIEW_WORDS[view];
  if (channelId !== undefined) {
    const channel = model.data.channels.find(({ id }) => id === channelId);
    return channel === undefined
      ? { ...words, title: "Deleted channel", empty: "There is no such channel any more." }
      : { ...words, title: channel.name };
  }
  const kind = channelType === undefined ? undefined : model.data.traits[channelType];
  return kind === undefined ? words : { ...words, title: kind.title };
}

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
  priority: "Highest priority",
  sla: "Next deadline",
};

/** How many a list holds; undefined where nobody counts. */
export function countOf(
  counts: ApiCounts,
  { scope, view, channelId, channelType, only, lane }: ListName,
): number | undefined {
  const ofScope = counts[scope];
  if (channelType !== undefined || lane !== undefined) return undefined;
  if (channelId !== undefined) {
    return scope === "all" && only === undefined ? ofScope?.channels?.[channelId] ?? 0 : undefined;
  }
  if (only !== undefined) {
    return view === "open" ? ofScope?.[only] ?? 0 : undefined;
  }
  if (isSavedView(view)) return scope === "all" ? ofScope?.saved?.[view] : undefined;
  if (isPersonalView(view)) {
    return view === "following" || view === "sent" ? undefined : counts.all?.[view] ?? 0;
  }
  return isCounted(view) ? ofScope?.[view] ?? 0 : undefined;
}

const COUNTED = ["unassigned", "mine", "open", "automatic", "snoozed"] as const;

function isCounted(view: WorkspaceRoute["view"]): view is (typeof COUNTED)[number] {
  return COUNTED.some((one) => one === view);
}
