import type { ApiConversation } from "../../../../core/model/api.ts";
import { changeMany } from "../change_many.ts";
import { splittable } from "../can_split.ts";
import type { Change } from "../conversation_change.ts";
import { backToList } from "../list_cursor.ts";
import { showSide } from "../toggle_side.ts";
import type { PickerKind, WorkspaceModel } from "../workspace_model.ts";
import type { Command } from "./command.ts";

/** What becomes of the targets: the picked conversations, the open one, or the one under the cursor. */
export const decideCommands: readonly Command[] = [
  picks("assign", {
    words: "Assign",
    also: "give hand over owner team",
    keys: ["a"],
    icon: "assign",
  }),
  {
    id: "assign_me",
    words: "Assign to me",
    also: "take mine",
    keys: ["i"],
    group: "Decide",
    icon: "user",
    isPossible: canDecide,
    run: (model) => change(model, { assigneeId: model.data.me.id }, "Assigned to you"),
  },
  {
    id: "unassign",
    words: "Give back to everyone",
    also: "unassign nobody",
    group: "Decide",
    icon: "circle",
    isPossible: (model) => canDecide(model) && some(model, (one) => one.assigneeId !== null),
    run: (model) => change(model, { assigneeId: null }, "Given back to everyone"),
  },
  {
    id: "toggle_closed",
    words: "Close, open again",
    also: "done resolve reopen archive restore",
    keys: ["e"],
    group: "Decide",
    icon: "check",
    isPossible: canDecide,
    run(model) {
      const isAnyOpen = some(model, ({ status }) => status === "open" || status === "snoozed");
      if (isAnyOpen) change(model, { status: "closed" }, "Closed");
      else change(model, { status: "open" }, "Opened again");
    },
  },
  picks("snooze", {
    words: "Snooze",
    also: "later remind put off until",
    keys: ["s"],
    icon: "snooze",
  }),
  {
    id: "wake",
    words: "End the snooze",
    also: "wake unsnooze open",
    group: "Decide",
    icon: "half",
    isPossible: (model) => canDecide(model) && some(model, ({ status }) => status === "snoozed"),
    run: (model) => change(model, { status: "open" }, "Opened again"),
  },
  picks("tag", { words: "Tag", also: "label", keys: ["t"], icon: "tag" }),
  picks("priority", {
    words: "Priority",
    also: "urgent high medium low important",
    keys: ["p"],
    icon: "star",
  }),
  picks("move", {
    words: "Move to another inbox",
    also: "transfer",
    keys: ["y"],
    icon: "inbox",
  }),
  {
    id: "mark_unread",
    words: "Mark as unread",
    keys: ["Shift+u"],
    group: "Decide",
    icon: "mail",
    isPossible: (model) => model.targets.peek().length > 0,
    run(model) {
      const targets = model.targets.peek();
      // Whoever looks at it has read it.
      backToList(model);
      void changeMany(model, targets, { unread: true }, "Marked as unread");
    },
  },
  {
    id: "mark_read",
    words: "Mark as read",
    group: "Decide",
    icon: "checks",
    isPossible: (model) => some(model, ({ unread }) => unread),
    run: (model) => change(model, { unread: false }, "Marked as read"),
  },
  {
    id: "spam",
    words: "Spam, no spam",
    also: "junk block",
    keys: ["!"],
    group: "Decide",
    icon: "spam",
    isPossible: canDecide,
    run(model) {
      const isAllSpam = !some(model, ({ status }) => status !== "spam");
      if (isAllSpam) change(model, { status: "open" }, "No spam");
      else change(model, { status: "spam" }, "Marked as spam");
    },
  },
  {
    id: "trash",
    words: "Move to the trash, restore",
    also: "delete remove",
    keys: ["#"],
    group: "Decide",
    icon: "trash",
    isPossible: canDecide,
    run(model) {
      const isAllTrash = !some(model, ({ status }) => status !== "trash");
      if (isAllTrash) change(model, { status: "open" }, "Restored");
      else change(model, { status: "trash" }, "Moved to the trash");
    },
  },
  {
    id: "macro",
    words: "Run a macro",
    also: "canned steps several at once template",
    keys: ["m"],
    group: "Decide",
    icon: "zap",
    isPossible: (model) => model.data.canWrite && model.targets.peek().length > 0,
    run: (model) => void (model.isMacroMenuOpen.value = true),
  },
  {
    id: "follow",
    words: "Follow, stop following",
    also: "watch subscribe notify bell",
    keys: ["w"],
    group: "Decide",
    icon: "bell",
    isPossible: (model) => model.targets.peek().length > 0,
    async run(model) {
      const targets = model.targets.peek();
      const { toggleFollow } = await import("../follow/follow.ts");
      await toggleFollow(model, targets);
    },
  },
  {
    id: "merge",
    words: "Merge into another",
    also: "join combine",
    keys: ["b"],
    group: "Decide",
    icon: "merge",
    isPossible: (model) =>
      canDecide(model) && model.current.peek() !== null &&
      model.current.peek()?.mergedIntoId === undefined,
    run: (model) => void (model.isMergeOpen.value = true),
  },
  {
    id: "split",
    words: "New conversation from a message",
    also: "split separate apart off",
    group: "Decide",
    icon: "split",
    isPossible: (model) => splittable(model, model.current.peek()?.id ?? null).length > 0,
    run: (_, parts) => parts.openBar("split"),
  },
  {
    id: "edit_contact",
    words: "Edit the contact",
    also: "name rename person customer details address phone company",
    keys: ["Shift+c"],
    group: "Decide",
    icon: "pencil",
    isPossible: (model) =>
      model.data.canWrite && (model.currentThread.peek()?.contact ?? null) !== null,
    run(model) {
      showSide(model);
      model.contactField.value = "name";
    },
  },
];

/** A command that asks on in a menu. */
function picks(
  kind: PickerKind,
  look: Pick<Command, "words" | "also" | "keys" | "icon">,
): Command {
  return {
    id: kind,
    ...look,
    group: "Decide",
    isPossible: canDecide,
    run: (model) => void (model.picker.value = kind),
  };
}

function change(model: WorkspaceModel, wanted: Change, words: string): void {
  void changeMany(model, model.targets.peek(), wanted, words);
}

function canDecide(model: WorkspaceModel): boolean {
  return model.data.canWrite && model.targets.peek().length > 0;
}

function some(model: WorkspaceModel, test: (one: ApiConversation) => boolean): boolean {
  return model.targets.peek().some(test);
}
