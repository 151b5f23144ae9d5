import { send } from "../actions.ts";
import type { DraftKind } from "../drafts.ts";
import { forwardHere } from "../outside/forward_here.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { blockOf } from "../send_block.ts";
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
  // Ctrl-Enter is the composer's own key: it sends from there only, not from any field of the page.
  {
    id: "send",
    words: "Send",
    also: "reply add comment ctrl enter",
    group: "Answer",
    icon: "send",
    isPossible: canSend,
    run: (model) => void send(model, { thenClose: false }),
  },
  {
    id: "send_and_close",
    words: "Send and close",
    also: "ctrl shift enter",
    group: "Answer",
    icon: "check",
    isPossible: canSend,
    run: (model) => void send(model, { thenClose: true }),
  },
  {
    id: "send_later",
    words: "Send later",
    also: "schedule time",
    group: "Answer",
    icon: "later",
    isPossible: (model) => model.composeKind.peek() === "reply" && canSend(model),
    run: () => openPart(".send-more"),
  },
  {
    id: "attach",
    words: "Attach files",
    also: "upload paperclip",
    group: "Answer",
    icon: "paperclip",
    isPossible: canWriteHere,
    run: () => document.querySelector<HTMLElement>(".file-button input")?.click(),
  },
  {
    id: "snippet",
    words: "Insert a snippet",
    also: "canned response template words shortcut",
    group: "Answer",
    icon: "snippet",
    isPossible: canWriteHere,
    run(model) {
      model.composerFocus.value++;
      model.snippetAsked.value++;
    },
  },
  {
    id: "forward",
    words: "Forward outside",
    also: "pass on send supplier partner aside",
    keys: ["f"],
    group: "Answer",
    icon: "forward",
    isPossible: canWriteHere,
    run: forwardHere,
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

/** Something is written that nothing stands in the way of. */
function canSend(model: WorkspaceModel): boolean {
  const conversation = model.current.peek();
  if (conversation === null || !model.data.canWrite) return false;
  const kind = model.composeKind.peek();
  const state = model.composers.get(conversation.id, kind);
  const isTemplate = kind === "reply" && conversation.window?.state === "template";
  return state.guard === null && blockOf(state, isTemplate) === null;
}

/** Opens a menu of the page and gives it the keyboard. */
function openPart(selector: string): void {
  const menu = document.querySelector<HTMLDetailsElement>(selector);
  if (menu === null) return;
  menu.open = true;
  menu.querySelector<HTMLElement>(".menu-item")?.focus();
}

function write(model: WorkspaceModel, kind: DraftKind): void {
  model.composeKind.value = kind;
  model.composerFocus.value++;
}
