import { type HasKeys, type KeyPress, pressKey, worksWhileWriting } from "./press_key.ts";

/** How long an unfinished sequence waits for its next key. */
const SEQUENCE_MS = 1_200;

export interface KeyListener<C extends HasKeys> {
  readonly commands: readonly C[];
  isPossible(command: C): boolean;
  run(command: C): void;
  /** @returns what cancels it. */
  after(ms: number, run: () => void): () => void;
}

/**
 * Shortcuts work wherever no dialog is open and nothing is being written, but for the few that also work then.
 * @returns what ends them.
 */
export function listenToKeys<C extends HasKeys>(listener: KeyListener<C>): () => void {
  let pending: readonly string[] = [];
  let forget = () => {};
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (document.querySelector("dialog[open]") !== null) return;
    // Of a sequence, Shift is only part of the next key.
    if (event.key === "Shift") return;
    forget();
    const isAway = isWriting(event.target);
    const result = pressKey(
      isAway ? [] : pending,
      event satisfies KeyPress,
      listener.commands,
    );
    pending = isAway ? [] : result.pending;
    forget = listener.after(SEQUENCE_MS, () => pending = []);
    const named = result.commands.filter((command) => !isAway || worksWhileWriting(command));
    if (named.length === 0) return;
    event.preventDefault();
    const command = named.find((one) => listener.isPossible(one));
    if (command !== undefined) listener.run(command);
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
