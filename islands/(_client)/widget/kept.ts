/** What the widget keeps on the visitor's device, in the frame's own storage, apart for each channel. */
export interface Kept {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  /** Names that start with `prefix`. */
  names(prefix: string): readonly string[];
}

/** Falls back to memory where the browser refuses storage (private windows, blocked third parties). */
export function keptFor(channelId: string, open: () => Storage = () => localStorage): Kept {
  const prefix = `parley.${channelId}.`;
  const storage = usable(open);
  const memory = new Map<string, string>();
  return {
    get: (name) => memory.get(name) ?? storage?.getItem(prefix + name) ?? null,
    set(name, value) {
      try {
        if (storage === null) throw new Error("no storage");
        storage.setItem(prefix + name, value);
        memory.delete(name);
      } catch {
        // Full or refused: it is kept as long as the page is.
        memory.set(name, value);
      }
    },
    remove(name) {
      memory.delete(name);
      storage?.removeItem(prefix + name);
    },
    names(start) {
      const stored = storage === null ? [] : Object.keys(storage)
        .filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
      return [...new Set([...stored, ...memory.keys()])].filter((name) => name.startsWith(start));
    },
  };
}

function usable(open: () => Storage): Storage | null {
  try {
    const storage = open();
    storage.getItem("");
    return storage;
  } catch {
    return null;
  }
}
