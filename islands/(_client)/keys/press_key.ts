/** From keys to what has them. */

/** Anything with keys, pressed one after another: see `Command.keys`. */
export interface HasKeys {
  readonly keys?: readonly string[] | undefined;
  /** They mean something else while words are written: Ctrl+A. */
  readonly isForLists?: boolean;
}

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export interface KeyResult<C> {
  /** What the keys stand for, in the order of the list; the first that is possible is meant. */
  readonly commands: readonly C[];
  /** Keys of an unfinished sequence, to be passed in with the next key within a second or so. */
  readonly pending: readonly string[];
}

/** What a key does after the pending ones. Keys with Ctrl, ⌘ or Alt are the browser's, but for the few named "Mod+…". */
export function pressKey<C extends HasKeys>(
  pending: readonly string[],
  press: KeyPress,
  commands: readonly C[],
): KeyResult<C> {
  for (const name of namesOf(press)) {
    const typed = press.ctrlKey || press.metaKey ? [name] : [...pending, name];
    const exact = commands.filter(({ keys }) => keys !== undefined && isEqual(keys, typed));
    if (exact.length > 0) return { commands: exact, pending: [] };
    const isBegun = commands.some(({ keys }) =>
      keys !== undefined && isEqual(keys.slice(0, typed.length), typed)
    );
    if (isBegun) return { commands: [], pending: typed };
  }
  // A key that does not go on may begin anew.
  return pending.length === 0 ? { commands: [], pending: [] } : pressKey([], press, commands);
}

/** Whether its keys also work while something is written. */
export function worksWhileWriting({ keys, isForLists }: HasKeys): boolean {
  return isForLists !== true && (keys?.[0]?.startsWith("Mod+") ?? false);
}

/** What a press may be called. A letter typed with Shift counts as itself unless that has a command of its own. */
function namesOf(press: KeyPress): readonly string[] {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.altKey) return [];
  if (press.ctrlKey || press.metaKey) return press.shiftKey ? [] : [`Mod+${key}`];
  return press.shiftKey && /^\p{L}$/u.test(key) ? [`Shift+${key}`, key] : [key];
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
