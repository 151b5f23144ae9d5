/** Keys and what they do: the one list behind the handler, the tooltips and the sheet that `?` opens. */

export type Command =
  | "next"
  | "previous"
  | "back"
  | "latest"
  | "show_images"
  | "reply"
  | "comment"
  | "undo"
  | "assign"
  | "assign_me"
  | "toggle_closed"
  | "merge"
  | "go_open"
  | "go_mine"
  | "go_unassigned"
  | "go_closed"
  | "go_settings"
  | "help";

export interface Shortcut {
  readonly command: Command;
  /** Pressed one after another. */
  readonly keys: readonly string[];
  readonly words: string;
  readonly group: "Move" | "Answer" | "Decide" | "Go to";
}

export const SHORTCUTS: readonly Shortcut[] = [
  { command: "next", keys: ["j"], words: "Next", group: "Move" },
  { command: "previous", keys: ["k"], words: "Previous", group: "Move" },
  { command: "back", keys: ["u"], words: "Back to the list", group: "Move" },
  { command: "latest", keys: ["l"], words: "Latest message", group: "Move" },
  { command: "show_images", keys: ["v"], words: "Show remote images", group: "Move" },
  { command: "reply", keys: ["r"], words: "Reply", group: "Answer" },
  { command: "comment", keys: ["c"], words: "Comment", group: "Answer" },
  { command: "undo", keys: ["z"], words: "Undo", group: "Answer" },
  { command: "assign", keys: ["a"], words: "Assign", group: "Decide" },
  { command: "assign_me", keys: ["i"], words: "Assign to me", group: "Decide" },
  { command: "toggle_closed", keys: ["e"], words: "Close, open again", group: "Decide" },
  { command: "merge", keys: ["b"], words: "Merge into another", group: "Decide" },
  { command: "go_open", keys: ["g", "o"], words: "All open", group: "Go to" },
  { command: "go_mine", keys: ["g", "m"], words: "Assigned to me", group: "Go to" },
  { command: "go_unassigned", keys: ["g", "u"], words: "Unassigned", group: "Go to" },
  { command: "go_closed", keys: ["g", "c"], words: "Closed", group: "Go to" },
  { command: "go_settings", keys: ["g", ","], words: "Settings", group: "Go to" },
  { command: "help", keys: ["?"], words: "This list", group: "Go to" },
];

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface KeyResult {
  readonly command: Command | null;
  /** Keys of an unfinished sequence, to be passed in with the next key within a second or so. */
  readonly pending: readonly string[];
}

/** What a key does after the pending ones. Keys with Ctrl, ⌘ or Alt are never ours. */
export function pressKey(pending: readonly string[], press: KeyPress): KeyResult {
  if (press.ctrlKey || press.metaKey || press.altKey) return { command: null, pending: [] };
  const typed = [...pending, press.key.length === 1 ? press.key.toLowerCase() : press.key];
  const exact = SHORTCUTS.find(({ keys }) => isEqual(keys, typed));
  if (exact) return { command: exact.command, pending: [] };
  if (SHORTCUTS.some(({ keys }) => isEqual(keys.slice(0, typed.length), typed))) {
    return { command: null, pending: typed };
  }
  // A key that does not go on may begin anew.
  return pending.length === 0 ? { command: null, pending: [] } : pressKey([], press);
}

/** How a command is reached, such as "g m", for tooltips. */
export function keysOf(command: Command): string {
  return SHORTCUTS.find((shortcut) => shortcut.command === command)?.keys.join(" ") ?? "";
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
