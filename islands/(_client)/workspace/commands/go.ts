import { showRoute } from "../show_route.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { VIEW_WORDS } from "../view_words.ts";
import { isPersonalView, listRoute, type View } from "../workspace_route.ts";
import type { Command } from "./command.ts";

/** To another list or page. */
export const goCommands: readonly Command[] = [
  {
    id: "bar",
    words: "Everything",
    also: "command bar palette",
    keys: ["Mod+k"],
    group: "Go to",
    icon: "zap",
    isPossible: () => true,
    run: (_, parts) => parts.openBar(),
  },
  {
    id: "go_inbox",
    words: "Inbox",
    also: "all open",
    keys: ["g", "i"],
    group: "Go to",
    icon: "inbox",
    isPossible: () => true,
    run: (model) => goToView(model, "open"),
  },
  {
    id: "go_mine",
    words: "Assigned to me",
    also: "mine",
    keys: ["g", "m"],
    group: "Go to",
    icon: "user",
    isPossible: () => true,
    run: (model) => goToView(model, "mine"),
  },
  {
    id: "go_unassigned",
    words: "Unassigned",
    also: "nobody",
    keys: ["g", "u"],
    group: "Go to",
    icon: "circle",
    isPossible: () => true,
    run: (model) => goToView(model, "unassigned"),
  },
  {
    id: "go_closed",
    words: "Closed",
    also: "done",
    keys: ["g", "e"],
    group: "Go to",
    icon: "done",
    isPossible: () => true,
    run: (model) => goToView(model, "closed"),
  },
  {
    id: "search",
    words: "Search",
    also: "find messages contacts",
    keys: ["/"],
    group: "Go to",
    icon: "search",
    isPossible: () => true,
    run: () => location.assign("/search"),
  },
  toList("mentions", "comments that name me at"),
  toList("following", "followed watched"),
  toList("drafts", "began to write"),
  toList("scheduled", "send later"),
  toList("sent", "answered replied"),
  toList("snoozed", "put off later"),
  toList("automatic", "newsletters machines"),
  toList("spam", "junk"),
  toList("trash", "deleted thrown away"),
  {
    id: "filter_list",
    words: "Filter this list",
    also: "conditions narrow keep",
    keys: ["g", "f"],
    group: "Go to",
    icon: "filter",
    isPossible: (model) => !isPersonalView(model.navigation.route.peek().view),
    run: (model) => void (model.isFilterOpen.value = true),
  },
  {
    id: "go_views",
    words: "Views",
    also: "saved filters settings",
    group: "Go to",
    icon: "star",
    isPossible: () => true,
    run: () => location.assign("/settings/views"),
  },
  {
    id: "go_settings",
    words: "Settings",
    also: "preferences configuration",
    keys: ["g", ","],
    group: "Go to",
    icon: "sliders",
    isPossible: () => true,
    run: () => location.assign("/settings"),
  },
  {
    id: "help",
    words: "Keyboard shortcuts",
    also: "help keys cheat sheet",
    keys: ["?"],
    group: "Go to",
    icon: "key",
    isPossible: () => true,
    run: (model) => void (model.isSheetOpen.value = true),
  },
];

/** Found by its words alone: there are more lists than keys to remember. */
function toList(view: View, also: string): Command {
  const { title, icon } = VIEW_WORDS[view];
  return {
    id: `go_${view}`,
    words: title,
    also,
    group: "Go to",
    icon,
    isPossible: () => true,
    run: (model) => goToView(model, view),
  };
}

function goToView(model: WorkspaceModel, view: View): void {
  const { scope } = model.navigation.route.peek();
  model.navigation.go(listRoute(isPersonalView(view) ? "all" : scope, view));
  void showRoute(model);
}
