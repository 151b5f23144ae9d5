import { type KeyPress, pressKey } from "./shortcuts.ts";
import { runCommand, type ScreenParts } from "./run_command.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** How long an unfinished sequence waits for its next key. */
const SEQUENCE_MS = 1_200;

/** Shortcuts work wherever nothing is being written and no dialog is open. @returns what ends them. */
export function listenToKeys(model: WorkspaceModel, parts: ScreenParts): () => void {
  let pending: readonly string[] = [];
  let forget = () => {};
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isWriting(event.target)) return;
    if (document.querySelector("dialog[open]") !== null) return;
    forget();
    const result = pressKey(pending, event satisfies KeyPress);
    pending = result.pending;
    forget = model.ports.after(SEQUENCE_MS, () => pending = []);
    if (result.command === null) return;
    event.preventDefault();
    runCommand(model, parts, result.command);
  };
  document.addEventListener("keydown", onKey);
  return () => {
    forget();
    document.removeEventListener("keydown", onKey);
  };
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable ||
    target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}
