/** What each shortcut does. */
import { assign, openConversation, setStatus } from "./actions.ts";
import { stepInList } from "./list_state.ts";
import { showRoute } from "./show_route.ts";
import type { Command } from "./shortcuts.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import type { View } from "./workspace_route.ts";

/** The screen's own parts that a command reaches for. */
export interface ScreenParts {
  openAssignMenu(): void;
}

export function runCommand(model: WorkspaceModel, parts: ScreenParts, command: Command): void {
  const conversation = model.current.peek();
  const canWrite = conversation !== null && model.data.canWrite;
  switch (command) {
    case "next":
      return moveCursor(model, 1);
    case "previous":
      return moveCursor(model, -1);
    case "back":
      return backToList(model);
    case "latest":
      model.jumpToLatest.value++;
      return;
    case "show_images":
      model.shownImages.value = new Set([
        ...model.shownImages.peek(),
        ...model.heldImages.peek(),
      ]);
      return;
    case "reply":
    case "comment":
      if (!canWrite) return;
      model.composeKind.value = command;
      model.composerFocus.value++;
      return;
    case "undo":
      model.toasts.undo();
      return;
    case "assign":
      if (canWrite) parts.openAssignMenu();
      return;
    case "assign_me":
      if (canWrite) void assign(model, conversation, model.data.me.id);
      return;
    case "toggle_closed":
      if (canWrite) {
        void setStatus(model, conversation, conversation.status === "open" ? "closed" : "open");
      }
      return;
    case "merge":
      if (canWrite && conversation.mergedIntoId === undefined) model.isMergeOpen.value = true;
      return;
    case "go_open":
      return goToView(model, "open");
    case "go_mine":
      return goToView(model, "mine");
    case "go_unassigned":
      return goToView(model, "unassigned");
    case "go_closed":
      return goToView(model, "closed");
    case "go_settings":
      location.assign("/settings");
      return;
    case "help":
      model.isSheetOpen.value = true;
      return;
  }
}

/** Moves the keyboard in the list and fetches what it stands on. */
export function moveCursor(model: WorkspaceModel, step: 1 | -1): void {
  const list = model.conversations.list.peek();
  const cursor = model.cursor.peek();
  const from = cursor.id ?? model.navigation.route.peek().conversationId;
  const id = stepInList(list, from, step, cursor.index);
  if (id === null) return;
  model.cursor.value = { id, index: list.ids.indexOf(id), moves: cursor.moves + 1 };
  void model.threads.load(id);
  if (list.ids.indexOf(id) > list.ids.length - 10) void model.conversations.loadMore();
}

export function backToList(model: WorkspaceModel): void {
  const { navigation, cursor } = model;
  const route = navigation.route.peek();
  if (route.conversationId === null) return;
  cursor.value = { ...cursor.peek(), id: route.conversationId, moves: cursor.peek().moves + 1 };
  navigation.goBackTo({ ...route, conversationId: null, pane: null });
}

function goToView(model: WorkspaceModel, view: View): void {
  const route = model.navigation.route.peek();
  model.navigation.go({ ...route, view, conversationId: null, pane: null });
  void showRoute(model);
}

/** Opens what the keyboard stands on. */
export function openCursor(model: WorkspaceModel): void {
  const { id } = model.cursor.peek();
  if (id !== null) void openConversation(model, id);
}
