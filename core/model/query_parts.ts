/** How a search is written: words, words in quotes, and filters such as `from:ana` or `-tag:billing`. */

/** One part of what was typed. */
export interface QueryPart {
  /** As it was typed, and where: from, up to, in UTF-16 units. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands before the colon, in small letters; null for a word. */
  readonly key: string | null;
  /** Without quotes. */
  readonly value: string;
  readonly isQuoted: boolean;
  readonly isNot: boolean;
}

/** Filters that take a name or a word. */
export const SEARCH_FIELDS = [
  "from",
  "to",
  "subject",
  "tag",
  "channel",
  "inbox",
  "assignee",
  "contact",
  "is",
  "has",
] as const;
export type SearchField = typeof SEARCH_FIELDS[number];

/** Filters that take a day. */
export const SEARCH_DAYS = ["before", "after", "on"] as const;

const MAX_PARTS = 32;
const MAX_LENGTH = 500;
/** `-`, then a field, with its value or still without, or a value alone; values may be quoted, also without an end. */
const PART =
  /(?<minus>-?)(?:(?<open>\p{L}+):(?=\s|$)|(?:(?<key>\p{L}+):)?(?:"(?<quoted>[^"]*)"?|(?<plain>[^\s"]+)))/gu;

/** Never fails. Parts beyond 32, and characters beyond 500, are left out. */
export function queryParts(query: string): readonly QueryPart[] {
  const found = [...query.slice(0, MAX_LENGTH).matchAll(PART)].slice(0, MAX_PARTS);
  return found.map(({ 0: text, groups = {}, index }) => ({
    text,
    start: index,
    end: index + text.length,
    key: (groups.open ?? groups.key)?.toLowerCase() ?? null,
    value: (groups.quoted ?? groups.plain ?? "").trim(),
    isQuoted: groups.quoted !== undefined,
    isNot: groups.minus === "-",
  }));
}

/** Whether a part narrows the search by something else than words. */
export function isFilter({ key }: Pick<QueryPart, "key">): boolean {
  return key !== null && [...SEARCH_FIELDS, ...SEARCH_DAYS].some((one) => one === key);
}
