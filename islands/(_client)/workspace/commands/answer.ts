import type { DraftKind } from "../drafts.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import type { Command } from "./command.ts";

/** What is written to the customer or the team. */
export const answerCommands: readonly Command[] = [
  {
    id: "reply",
    words: "Reply",
    also: "answer write",
    keys: ["r"],
    group: "Answer",
    icon: "reply",
    isPossible: canWriteHere,
    run: (model) => write(model, "reply"),
  },
  {
    id: "comment",
    words: "Comment",
    also: "note internal team",
    keys: ["c"],
    group: "Answer",
    icon: "lock",
    isPossible: canWriteHere,
    run: (model) => write(model, "comment"),
  },
  {
    id: "undo",
    words: "Undo",
    also: "take back",
    keys: ["z"],
    group: "Answer",
    icon: "history",
    isPossible: (model) => model.toasts.items.peek().some(({ isUndo }) => isUndo),
    run: (model) => void model.toasts.undo(),
  },
];

function canWriteHere(model: WorkspaceModel): boolean {
  return model.current.peek() !== null && model.data.canWrite;
}

function write(model: WorkspaceModel, kind: DraftKind): void {
  model.composeKind.value = kind;
  model.composerFocus.value++;
}
