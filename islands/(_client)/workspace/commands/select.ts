import type { WorkspaceModel } from "../workspace_model.ts";
import type { Command } from "./command.ts";

/** Picking conversations for an action on several. */
export const selectCommands: readonly Command[] = [
  {
    id: "select",
    words: "Select",
    also: "pick mark choose",
    keys: ["x"],
    group: "Select",
    icon: "checkbox",
    isPossible: (model) => rowUnderKeyboard(model) !== null,
    run(model) {
      const id = rowUnderKeyboard(model);
      if (id !== null) model.selection.toggle(id);
    },
  },
  {
    id: "select_to",
    words: "Select up to here",
    also: "range pick",
    keys: ["Shift+x"],
    group: "Select",
    icon: "checks",
    isPossible: (model) => rowUnderKeyboard(model) !== null,
    run(model) {
      const id = rowUnderKeyboard(model);
      if (id !== null) model.selection.extendTo(id, model.conversations.list.peek().ids);
    },
  },
  {
    id: "select_all",
    words: "Select all shown",
    also: "everything pick",
    keys: ["Mod+a"],
    isForLists: true,
    group: "Select",
    icon: "checks",
    isPossible: (model) => model.conversations.list.peek().ids.length > 0,
    run: (model) => model.selection.add(model.conversations.list.peek().ids),
  },
  {
    id: "select_none",
    words: "Select none",
    also: "clear unselect",
    keys: ["Escape"],
    group: "Select",
    icon: "x",
    isPossible: (model) => model.selection.ids.peek().size > 0,
    run: (model) => model.selection.clear(),
  },
];

/** The row j and k are on, else the open conversation's. */
function rowUnderKeyboard(model: WorkspaceModel): string | null {
  return model.cursor.peek().id ?? model.navigation.route.peek().conversationId;
}
