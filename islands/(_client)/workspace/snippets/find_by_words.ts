/** What pickers look through. */
export interface Findable {
  readonly name: string;
  readonly folder: string;
  readonly usedCount: number;
  /** Of a snippet. */
  readonly shortcut?: string;
}

/**
 * Those that have every word of a query at the beginning of one of theirs. Best first: by shortcut, by the beginning of
 * the name, then by how often it is used. Pure.
 */
export function findByWords<T extends Findable>(items: readonly T[], query: string): readonly T[] {
  const wanted = wordsOf(query);
  return items
    .map((item) => ({ item, rank: rankOf(item, wanted) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) =>
      (a.rank ?? 0) - (b.rank ?? 0) || b.item.usedCount - a.item.usedCount ||
      a.item.name.localeCompare(b.item.name, "en")
    )
    .map(({ item }) => item);
}

function rankOf({ name, folder, shortcut = "" }: Findable, wanted: readonly string[]) {
  if (wanted.length === 0) return 0;
  const typed = wanted.join(" ");
  if (shortcut !== "" && shortcut.startsWith(typed)) return shortcut === typed ? 0 : 1;
  if (name.toLowerCase().startsWith(typed)) return 2;
  const own = [...wordsOf(name), ...wordsOf(folder), ...shortcut === "" ? [] : wordsOf(shortcut)];
  return wanted.every((word) => own.some((one) => one.startsWith(word))) ? 3 : null;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/[\s/,-]+/u).filter((word) => word !== "");
}
