/** What somebody typed into the search field, taken apart. */
import { dayRange } from "./day_range.ts";

/** Words to look for. */
export interface SearchWords {
  readonly text: string;
  /** Quoted: as it stands, neither its stems nor what begins with it. */
  readonly isExact: boolean;
  readonly isNot: boolean;
}

/** `from:ana`, `-tag:billing`. The value is as it was typed, without quotes. */
export interface SearchFilter {
  readonly field: SearchField;
  readonly value: string;
  readonly isNot: boolean;
}

/** A query, taken apart; nothing in it is looked up yet. */
export interface ParsedQuery {
  readonly words: readonly SearchWords[];
  readonly filters: readonly SearchFilter[];
  /** Of messages: from, epoch ms. */
  readonly sinceAt: number | null;
  /** Before, epoch ms. */
  readonly beforeAt: number | null;
  /** Parts that are filters with a value nobody understands: "before:soon". */
  readonly unclear: readonly string[];
}

/** Filters that take a name or a word; days are `before:`, `after:` and `on:`. */
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

const MAX_PARTS = 32;
const MAX_LENGTH = 500;
/** `-`, then a field with its value or a value alone; values may be quoted, also without an end. */
const PART = /(-?)(?:(\p{L}+):)?(?:"([^"]*)"?|([^\s"]+))/gu;

/**
 * Never fails: what is no filter is a word. Parts beyond 32, and characters beyond 500, are left out.
 * @param options `now`: epoch ms; `timeZone`: whose days are meant
 */
export function parseQuery(
  query: string,
  options: { readonly now: number; readonly timeZone: string },
): ParsedQuery {
  const words: SearchWords[] = [];
  const filters: SearchFilter[] = [];
  const unclear: string[] = [];
  let sinceAt: number | null = null;
  let beforeAt: number | null = null;
  const later = (a: number | null, b: number) => a === null ? b : Math.max(a, b);
  const earlier = (a: number | null, b: number) => a === null ? b : Math.min(a, b);

  for (const [part, minus, key, quoted, plain] of [...parts(query)].slice(0, MAX_PARTS)) {
    const name = key?.toLowerCase();
    const value = (quoted ?? plain ?? "").trim();
    const isNot = minus === "-";
    if (name === "before" || name === "after" || name === "on") {
      const range = isNot ? null : dayRange(value, options);
      if (range === null) {
        unclear.push(part);
        continue;
      }
      if (name !== "before") sinceAt = later(sinceAt, range.startAt);
      if (name !== "after") {
        beforeAt = earlier(beforeAt, name === "on" ? range.endAt : range.startAt);
      }
      continue;
    }
    const field = SEARCH_FIELDS.find((one) => one === name);
    if (field !== undefined) {
      if (value === "") unclear.push(part);
      else filters.push({ field, value, isNot });
      continue;
    }
    const text = key === undefined ? value : `${key}:${value}`;
    if (text !== "") words.push({ text, isExact: quoted !== undefined, isNot });
  }
  return { words, filters, sinceAt, beforeAt, unclear };
}

function parts(query: string): Iterable<RegExpMatchArray> {
  return query.slice(0, MAX_LENGTH).matchAll(PART);
}
