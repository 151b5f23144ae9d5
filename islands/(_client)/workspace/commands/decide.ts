import { assign, setStatus } from "../actions.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import type { Command } from "./command.ts";

/** What becomes of a conversation. */
export const decideCommands: readonly Command[] = [
  {
    id: "assign",
    words: "Assign",
    also: "give hand over owner",
    keys: ["a"],
    group: "Decide",
    icon: "assign",
    isPossible: canDecide,
    run: (_, parts) => parts.openAssignMenu(),
  },
  {
    id: "assign_me",
    words: "Assign to me",
    also: "take mine",
    keys: ["i"],
    group: "Decide",
    icon: "user",
    isPossible: canDecide,
    run(model) {
      const conversation = model.current.peek();
      if (conversation !== null) void assign(model, conversation, model.data.me.id);
    },
  },
  {
    id: "toggle_closed",
    words: "Close, open again",
    also: "done resolve reopen archive",
    keys: ["e"],
    group: "Decide",
    icon: "check",
    isPossible: canDecide,
    run(model) {
      const conversation = model.current.peek();
      if (conversation === null) return;
      void setStatus(model, conversation, conversation.status === "open" ? "closed" : "open");
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
    isPossible: (model) => canDecide(model) && model.current.peek()?.mergedIntoId === undefined,
    run: (model) => void (model.isMergeOpen.value = true),
  },
];

function canDecide(model: WorkspaceModel): boolean {
  return model.current.peek() !== null && model.data.canWrite;
}
