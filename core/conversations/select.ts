import { type Conversation, isLive } from "../model/conversation.ts";
import type { ViewSort } from "../model/view.ts";

export type Sort = ViewSort;

/** Place of a row in an order: compared first by value, then by id, so that it is total. */
export interface Position {
  readonly value: number;
  readonly id: string;
}

const RANK = { urgent: 0, high: 1, medium: 2, low: 3 } as const;
const LAST = Number.MAX_SAFE_INTEGER;

/**
 * Where a conversation stands in an order; smaller comes first. What is no longer live stands by the time it got its
 * status, as in its stored order.
 */
export function positionOf(conversation: Conversation, sort: Sort): Position {
  return { value: valueOf(conversation, sort), id: conversation.id };
}

function valueOf(conversation: Conversation, sort: Sort): number {
  const at = isLive(conversation.status) ? conversation.lastMessageAt : conversation.statusAt;
  switch (sort) {
    case "newest":
      return -at;
    case "oldest":
      return at;
    case "waiting":
      return conversation.waitingSince ?? LAST;
    case "sla":
      // Those without a deadline come last, the newest first; so far there are no others.
      return 1e13 + (1e13 - conversation.lastMessageAt);
    case "priority":
      // Within a priority the newest first: times stay below 10^13.
      return (conversation.priority === null ? 4 : RANK[conversation.priority]) * 1e13 +
        (1e13 - conversation.lastMessageAt);
  }
}

/** Negative when `a` comes first. */
export function comparePositions(a: Position, b: Position): number {
  return a.value - b.value || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * The first `limit` rows after a position, in order, in one pass: a list page must not sort every open conversation.
 * @param rows in any order. @param options `compare`: an order by value that breaks ties otherwise.
 */
export function selectPage(
  rows: Iterable<Conversation>,
  options: {
    readonly sort: Sort;
    readonly limit: number;
    readonly after: Position | null;
    readonly compare?: typeof comparePositions;
  },
): { readonly items: readonly Conversation[]; readonly next: Position | null } {
  const { sort, after, compare = comparePositions } = options;
  const keep = options.limit + 1;
  const best: { row: Conversation; position: Position }[] = [];
  /** Value of the last kept row once enough are kept: nearly all rows lie behind it and cost one comparison. */
  let bound = Infinity;
  for (const row of rows) {
    const value = valueOf(row, sort);
    if (value > bound || (after !== null && value < after.value)) continue;
    const position = { value, id: row.id };
    if (after !== null && compare(position, after) <= 0) continue;
    const last = best.at(-1);
    if (
      best.length === keep && last !== undefined && compare(position, last.position) >= 0
    ) continue;
    best.splice(placeFor(best, position, compare), 0, { row, position });
    if (best.length > keep) best.pop();
    if (best.length === keep) bound = best.at(-1)?.position.value ?? Infinity;
  }
  const page = best.slice(0, options.limit);
  return {
    items: page.map(({ row }) => row),
    next: best.length > options.limit ? page.at(-1)?.position ?? null : null,
  };
}

/** The first `limit` of rows that come in the order already. */
export function firstPage(
  rows: Iterable<Conversation>,
  { sort, limit }: { readonly sort: Sort; readonly limit: number },
): ReturnType<typeof selectPage> {
  const items: Conversation[] = [];
  for (const row of rows) {
    const last = items.at(-1);
    if (items.length === limit) {
      return { items, next: last === undefined ? null : positionOf(last, sort) };
    }
    items.push(row);
  }
  return { items, next: null };
}

/** A place in the order of the newest live rows, as the live table keeps them. */
export function newestPlace({ value, id }: Position): { lastMessageAt: number; id: string } {
  return { lastMessageAt: -value, id };
}

function placeFor(
  sorted: readonly { readonly position: Position }[],
  position: Position,
  compare: typeof comparePositions,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle];
    if (there !== undefined && compare(there.position, position) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A position as an opaque cursor. */
export function encodePosition(position: Position): string {
  return new TextEncoder().encode(`${position.value} ${position.id}`).toBase64({
    alphabet: "base64url",
  });
}

/** Null for anything `encodePosition` did not make. */
export function decodePosition(cursor: string): Position | null {
  try {
    const text = new TextDecoder().decode(Uint8Array.fromBase64(cursor, { alphabet: "base64url" }));
    const match = /^(-?\d+(?:\.\d+)?) (\S{1,100})$/.exec(text);
    return match === null ? null : { value: Number(match[1]), id: match[2] ?? "" };
  } catch {
    return null;
  }
}
