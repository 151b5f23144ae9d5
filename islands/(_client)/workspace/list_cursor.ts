/** Where the keyboard is in the list. */
import { openConversation } from "./actions.ts";
import { stepInList } from "./list_state.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

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

/** Leaves the thread; the keyboard is then on its row. */
export function backToList(model: WorkspaceModel): void {
  const { navigation, cursor } = model;
  const route = navigation.route.peek();
  if (route.conversationId === null) return;
  cursor.value = { ...cursor.peek(), id: route.conversationId, moves: cursor.peek().moves + 1 };
  navigation.goBackTo({ ...route, conversationId: null, pane: null });
}

/** Opens what the keyboard stands on. */
export function openCursor(model: WorkspaceModel): void {
  const { id } = model.cursor.peek();
  if (id !== null) void openConversation(model, id);
}
