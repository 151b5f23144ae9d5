/**
 * What a list shows, as data. Rows never move by themselves: what is new or would move waits behind a pill
 * ("3 new"), what left stays until the pointer has gone.
 */
import type { ApiConversation } from "../../../core/model/api.ts";
import { compareIn, isInList } from "./conversation_order.ts";
import type { ListRules } from "./list_rules.ts";
import { isPersonalView, type ListName } from "./workspace_route.ts";

export interface ListState extends ListName {
  /** Shown, top first. */
  readonly ids: readonly string[];
  /** Belong to the list but are not shown, or are shown below their place: behind the pill. */
  readonly waiting: ReadonlySet<string>;
  /** Shown but no longer in the list. */
  readonly left: ReadonlySet<string>;
  /** Cursor of the next page; null at the end. */
  readonly next: string | null;
  /** The last page brought nothing, though more may follow: many were looked at for few. */
  readonly isDry: boolean;
}

/** Records by id; a list only holds ids. */
export type Records = ReadonlyMap<string, ApiConversation>;

export interface ListPage {
  readonly items: readonly ApiConversation[];
  readonly next: string | null;
}

export function createList(name: ListName, page: ListPage): ListState {
  const { scope, view, sort, lane, channelId, channelType, only, filter } = name;
  return {
    ...{ scope, view, sort, lane, channelId, channelType, only, filter },
    ids: page.items.map(({ id }) => id),
    waiting: new Set(),
    left: new Set(),
    next: page.next,
    isDry: isDry(page),
  };
}

/** Adds the next page below; what is already there stays where it is. */
export function appendPage(list: ListState, page: ListPage): ListState {
  const known = new Set(list.ids);
  const added = page.items.map(({ id }) => id).filter((id) => !known.has(id));
  const waiting = new Set(list.waiting);
  for (const id of added) waiting.delete(id);
  return { ...list, ids: [...list.ids, ...added], waiting, next: page.next, isDry: isDry(page) };
}

function isDry({ items, next }: ListPage): boolean {
  return items.length === 0 && next !== null;
}

export interface ListChange {
  /** The record as it was, or null when it was unknown. */
  readonly before: ApiConversation | null;
  readonly after: ApiConversation;
  readonly rules: ListRules;
  /** The pointer is in the list, so nothing may move or vanish under it. */
  readonly isHeld: boolean;
}

/** Takes one changed record in. Records are updated by the caller; a row shows its record. */
export function changeInList(list: ListState, change: ListChange): ListState {
  const { before, after, rules, isHeld } = change;
  const isShown = list.ids.includes(after.id);
  if (!isInList(after, list, rules)) {
    if (isShown && isHeld) {
      const waiting = withoutId(list.waiting, after.id);
      return { ...list, left: withId(list.left, after.id), waiting };
    }
    return removeFromList(list, after.id);
  }
  const back = list.left.has(after.id) ? { ...list, left: withoutId(list.left, after.id) } : list;
  if (isShown) {
    const wroteAgain = before !== null && after.lastMessageAt > before.lastMessageAt &&
      after.previewKind === "inbound";
    return wroteAgain && back.ids[0] !== after.id && back.sort === "newest"
      ? { ...back, waiting: withId(back.waiting, after.id) }
      : back;
  }
  // Only the server knows what else is the reader's own: it says so when the list is read again.
  if (isPersonalView(back.view)) return back;
  // Nothing can shift in an empty list.
  if (back.ids.length === 0) return { ...back, ids: [after.id] };
  return isBelowShown(back, after, before)
    ? back
    : { ...back, waiting: withId(back.waiting, after.id) };
}

export function removeFromList(list: ListState, id: string): ListState {
  if (!list.ids.includes(id) && !list.waiting.has(id)) return list;
  return {
    ...list,
    ids: list.ids.filter((other) => other !== id),
    waiting: withoutId(list.waiting, id),
    left: withoutId(list.left, id),
  };
}

/** The pointer has gone: what left may vanish. */
export function dropLeft(list: ListState): ListState {
  if (list.left.size === 0) return list;
  return { ...list, ids: list.ids.filter((id) => !list.left.has(id)), left: new Set() };
}

/** The pill was pressed: everything takes its place. */
export function showWaiting(list: ListState, records: Records, rules: ListRules): ListState {
  const ids = new Set([...dropLeft(list).ids, ...list.waiting]);
  const compare = compareIn(list, rules);
  const rows = [...ids].map((id) => records.get(id)).filter((row) => row !== undefined);
  return {
    ...list,
    ids: rows.sort(compare).map(({ id }) => id),
    waiting: new Set(),
    left: new Set(),
  };
}

/** Puts one row that waits into its place: the agent brought it back, so it may move others. */
export function placeRow(
  list: ListState,
  id: string,
  records: Records,
  rules: ListRules,
): ListState {
  const row = records.get(id);
  if (row === undefined || !list.waiting.has(id)) return list;
  const compare = compareIn(list, rules);
  const others = list.ids.filter((other) => other !== id);
  const index = others.findIndex((other) => {
    const there = records.get(other);
    return there !== undefined && compare(row, there) < 0;
  });
  const at = index === -1 ? others.length : index;
  return { ...list, ids: others.toSpliced(at, 0, id), waiting: withoutId(list.waiting, id) };
}

/**
 * The row `step` places away, for j and k. A row that has left the list is found by where it was.
 * @param lastIndex where the current row was last seen.
 */
export function stepInList(
  list: ListState,
  currentId: string | null,
  step: 1 | -1,
  lastIndex = 0,
): string | null {
  if (list.ids.length === 0) return null;
  const index = currentId === null ? -1 : list.ids.indexOf(currentId);
  if (index === -1) {
    const target = currentId === null ? 0 : step === 1 ? lastIndex : lastIndex - 1;
    return list.ids[clamp(target, list.ids.length)] ?? null;
  }
  return list.ids[clamp(index + step, list.ids.length)] ?? null;
}

/** An old conversation that changed quietly comes with its page, not with the pill. */
function isBelowShown(
  list: ListState,
  after: ApiConversation,
  before: ApiConversation | null,
): boolean {
  if (list.next === null || before === null) return false;
  return before.lastMessageAt === after.lastMessageAt && before.status === after.status &&
    before.assigneeId === after.assigneeId && before.inboxId === after.inboxId;
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length - 1);
}

function withId(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return set.has(id) ? set : new Set([...set, id]);
}

function withoutId(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  if (!set.has(id)) return set;
  const rest = new Set(set);
  rest.delete(id);
  return rest;
}
