/** From keys to commands, and from commands to the words of their keys. */
import { type Command, commandOf, COMMANDS } from "./commands/mod.ts";

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export interface KeyResult {
  /** What the keys stand for, the likeliest first; the first that is possible is meant. */
  readonly commands: readonly Command[];
  /** Keys of an unfinished sequence, to be passed in with the next key within a second or so. */
  readonly pending: readonly string[];
}

const NOTHING: KeyResult = { commands: [], pending: [] };

/** What a key does after the pending ones. Keys with Ctrl, ⌘ or Alt are the browser's, but for the few named "Mod+…". */
export function pressKey(
  pending: readonly string[],
  press: KeyPress,
  commands: readonly Command[] = COMMANDS,
): KeyResult {
  for (const name of namesOf(press)) {
    const typed = isPlain(press) ? [...pending, name] : [name];
    const exact = commands.filter(({ keys }) => keys !== undefined && isEqual(keys, typed));
    if (exact.length > 0) return { commands: exact, pending: [] };
    const isBegun = commands.some(({ keys }) =>
      keys !== undefined && isEqual(keys.slice(0, typed.length), typed)
    );
    if (isBegun) return { commands: [], pending: typed };
  }
  // A key that does not go on may begin anew.
  return pending.length === 0 ? NOTHING : pressKey([], press, commands);
}

/** Whether a command's keys also work while something is written. */
export function worksWhileWriting({ keys }: Command): boolean {
  return keys?.[0]?.startsWith("Mod+") ?? false;
}

/** How a command is reached, such as "g m", for tooltips; "" where it has no keys. */
export function keysOf(id: string): string {
  return (commandOf(id).keys ?? []).map((key) => capsOf(key).join("+")).join(" ");
}

/** The caps of one press: "Mod+k" is Ctrl and K, "Shift+u" is Shift and U, "j" is itself. */
export function capsOf(key: string): readonly string[] {
  const [modifier, rest] = key.split("+", 2);
  if (modifier === undefined || rest === undefined || rest === "") return [key];
  const cap = modifier === "Mod" ? (isMac() ? "⌘" : "Ctrl") : modifier;
  return [cap, rest.toUpperCase()];
}

/** What a press may be called in a command's keys. A letter typed with Shift counts as itself unless that has a command of its own. */
function namesOf(press: KeyPress): readonly string[] {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.altKey) return [];
  if (press.ctrlKey || press.metaKey) return press.shiftKey ? [] : [`Mod+${key}`];
  return press.shiftKey && /^\p{L}$/u.test(key) ? [`Shift+${key}`, key] : [key];
}

function isPlain(press: KeyPress): boolean {
  return !press.ctrlKey && !press.metaKey;
}

function isMac(): boolean {
  return typeof document !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
