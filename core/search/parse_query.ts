/** What somebody typed into the search field, taken apart. */
import { isFilter, queryParts, SEARCH_FIELDS, type SearchField } from "../model/query_parts.ts";
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

  for (const { text: part, key: name, value, isQuoted, isNot } of queryParts(query)) {
    // Still being typed: it narrows nothing yet.
    if (value === "" && !isQuoted && isFilter({ key: name })) continue;
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
    const text = name === null ? value : `${name}:${value}`;
    if (text !== "") words.push({ text, isExact: isQuoted, isNot });
  }
  return { words, filters, sinceAt, beforeAt, unclear };
}
