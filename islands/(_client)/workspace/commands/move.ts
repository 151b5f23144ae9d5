import { backToList, moveCursor, openCursor } from "../list_cursor.ts";
import type { Command } from "./command.ts";

/** Through the list and the thread. */
export const moveCommands: readonly Command[] = [
  {
    id: "next",
    words: "Next",
    also: "down",
    keys: ["j"],
    group: "Move",
    icon: "arrow-down",
    isPossible: (model) => model.conversations.list.peek().ids.length > 0,
    run: (model) => moveCursor(model, 1),
  },
  {
    id: "previous",
    words: "Previous",
    also: "up",
    keys: ["k"],
    group: "Move",
    icon: "arrow-up",
    isPossible: (model) => model.conversations.list.peek().ids.length > 0,
    run: (model) => moveCursor(model, -1),
  },
  {
    // Enter does so too, as on every link.
    id: "open",
    words: "Open",
    also: "read",
    keys: ["o"],
    group: "Move",
    icon: "arrow-right",
    isPossible: (model) => model.cursor.peek().id !== null,
    run: openCursor,
  },
  {
    id: "back",
    words: "Back to the list",
    keys: ["u"],
    group: "Move",
    icon: "left",
    isPossible: (model) => model.navigation.route.peek().conversationId !== null,
    run: backToList,
  },
  {
    id: "latest",
    words: "Latest message",
    also: "end bottom newest",
    keys: ["l"],
    group: "Move",
    icon: "down",
    isPossible: (model) => model.current.peek() !== null,
    run: (model) => void model.jumpToLatest.value++,
  },
  {
    id: "show_images",
    words: "Show remote images",
    also: "pictures",
    keys: ["v"],
    group: "Move",
    icon: "image",
    isPossible: (model) => model.heldImages.peek().size > 0,
    run(model) {
      const { shownImages, heldImages } = model;
      shownImages.value = new Set([...shownImages.peek(), ...heldImages.peek()]);
    },
  },
];
