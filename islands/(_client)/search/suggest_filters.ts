/** What may be meant while a filter is being typed. */
import { isFilter, type QueryPart, queryParts, SEARCH_FIELDS } from "@/core/model/query_parts.ts";

/** Names that filters can take. */
export interface FilterNames {
  readonly people: readonly string[];
  readonly tags: readonly string[];
  readonly channels: readonly string[];
  readonly inboxes: readonly string[];
}

export interface Suggestion {
  /** What is shown. */
  readonly label: string;
  /** In words, what it narrows. */
  readonly hint: string;
  /** The query with it. */
  readonly query: string;
  /** Where the caret stands then. */
  readonly caret: number;
}

/** What each filter narrows, in the order in which they are offered. */
export const FILTER_HINTS: Readonly<Record<string, string>> = {
  from: "who wrote the message",
  to: "whom it was written to",
  subject: "words of the subject",
  tag: "a tag of the conversation",
  channel: "how it came in",
  inbox: "where it lies",
  assignee: "who has it, me or nobody",
  contact: "whom it is with",
  is: "open, snoozed, closed, spam, trash or unread",
  has: "file, image, comment or reply",
  after: "not before a day, such as 2026-03-01",
  before: "before a day, such as 2026-03-31",
  on: "on a day, yesterday or today",
};

const MAX = 8;
const STATES = ["open", "snoozed", "closed", "unread", "spam", "trash"];
const PARTS = ["file", "image", "comment", "reply"];
const DAYS = ["today", "yesterday"];

/** What the part at the caret may become; nothing while plain words are written. */
export function suggestFilters(
  query: string,
  caret: number,
  names: FilterNames,
): readonly Suggestion[] {
  const part = queryParts(query).find(({ start, end }) => start < caret && caret <= end);
  if (part === undefined) return [];
  const minus = part.isNot ? "-" : "";
  if (part.key === null || !isFilter(part)) return begunFilters(query, part, minus);
  const known = valuesOf(part.key, names);
  const wanted = fold(part.value);
  return known.filter((value) => fold(value).includes(wanted) && fold(value) !== wanted)
    .slice(0, MAX)
    .map((value) =>
      put(query, part, {
        label: value,
        hint: part.key ?? "",
        text: `${minus}${part.key}:${quote(value)} `,
      })
    );
}

/** The query with one filter more, to be filled in. */
export function withFilter(query: string, key: string): Suggestion {
  const before = query.trimEnd();
  const text = `${before}${before === "" ? "" : " "}${key}:`;
  return { label: key, hint: FILTER_HINTS[key] ?? "", query: text, caret: text.length };
}

/** The query without one of its parts. */
export function withoutPart(query: string, { start, end }: Pick<QueryPart, "start" | "end">) {
  return `${query.slice(0, start).trimEnd()} ${query.slice(end).trimStart()}`.trim();
}

function begunFilters(query: string, part: QueryPart, minus: string): readonly Suggestion[] {
  const begun = fold(part.value);
  if (begun.length < 2 || part.isQuoted) return [];
  return Object.entries(FILTER_HINTS)
    .filter(([key]) => key.startsWith(begun))
    .map(([key, hint]) => put(query, part, { label: `${key}:`, hint, text: `${minus}${key}:` }));
}

function valuesOf(key: string, names: FilterNames): readonly string[] {
  switch (SEARCH_FIELDS.find((field) => field === key)) {
    case "tag":
      return names.tags;
    case "channel":
      return names.channels;
    case "inbox":
      return names.inboxes;
    case "assignee":
      return ["me", "nobody", ...names.people];
    case "is":
      return STATES;
    case "has":
      return PARTS;
    case "from":
    case "to":
    case "subject":
    case "contact":
      return [];
    case undefined:
      return DAYS;
  }
}

function put(
  query: string,
  { start, end }: QueryPart,
  { label, hint, text }: { readonly label: string; readonly hint: string; readonly text: string },
): Suggestion {
  const rest = query.slice(end);
  const after = text.endsWith(" ") ? rest.trimStart() : rest;
  return { label, hint, query: query.slice(0, start) + text + after, caret: start + text.length };
}

function quote(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', "")}"` : value;
}

function fold(text: string): string {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
}
