import { showRoute } from "../show_route.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import type { View } from "../workspace_route.ts";
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

function goToView(model: WorkspaceModel, view: View): void {
  const route = model.navigation.route.peek();
  model.navigation.go({ ...route, view, conversationId: null, pane: null });
  void showRoute(model);
}
