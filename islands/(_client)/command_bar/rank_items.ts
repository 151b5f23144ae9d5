/** What of a page is shown for what was typed, and in which order. */
import type { BarItem } from "./bar_page.ts";
import { fuzzyScore } from "./fuzzy_score.ts";

export interface BarGroup {
  readonly title: string;
  readonly items: readonly BarItem[];
}

export const RECENT = "Recent";
/** Of a group while words are typed: the best of each are in sight at once. */
const MAX_OF_GROUP = 6;
const MAX_RECENT = 4;
/** Found by its other words an item stands behind those that say so themselves. */
const ALSO_WEIGHT = 0.6;
/** What was used lately wins between equals. */
const RECENT_BONUS = 6;

/** @param recent ids, the latest first. @returns groups without empty ones; the best group first while words are typed. */
export function rankItems(
  items: readonly BarItem[],
  typed: string,
  recent: readonly string[],
): readonly BarGroup[] {
  if (typed.trim() === "") return unranked(items, recent);
  const scored = items.flatMap((item) => {
    const score = scoreOf(item, typed);
    if (score === null) return [];
    return [{ item, score: score + (recent.includes(item.id) ? RECENT_BONUS : 0) }];
  }).sort((a, b) => b.score - a.score);
  // The order of the best of each group is the order of the groups.
  return groupItems(scored.map(({ item }) => item))
    .map(({ title, items }) => ({ title, items: items.slice(0, MAX_OF_GROUP) }));
}

/** By their headings, in the order in which these first occur. */
export function groupItems(items: readonly BarItem[]): readonly BarGroup[] {
  return [...Map.groupBy(items, ({ group }) => group)]
    .map(([title, items]) => ({ title, items }));
}

function unranked(items: readonly BarItem[], recent: readonly string[]): readonly BarGroup[] {
  const used = recent.map((id) => items.find((item) => item.id === id))
    .filter((item) => item !== undefined).slice(0, MAX_RECENT);
  const rest = groupItems(items.filter((item) => !used.includes(item)));
  return used.length === 0 ? rest : [{ title: RECENT, items: used }, ...rest];
}

function scoreOf({ words, also = "", detail = "" }: BarItem, typed: string): number | null {
  const own = fuzzyScore(typed, words);
  const all = fuzzyScore(typed, `${words} ${also} ${detail}`);
  if (all === null) return own;
  return Math.max(own ?? 0, all * ALSO_WEIGHT);
}
