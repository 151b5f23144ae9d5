import type { Conversation, ConversationStatus } from "../model/conversation.ts";
import { keys, type Store } from "../store/mod.ts";
import { type Position, positionOf, selectPage, type Sort } from "./select.ts";

/** How many rows of an inbox one page looks at for those its filter accepts; the next page goes on behind them. */
const SCAN_LIMIT = 5_000;
const BATCH = 50;

/** What a page over closed, spam or trash is to hold. */
export interface DoneQuery {
  readonly statuses: readonly ConversationStatus[];
  /** Rows that are not done but belong between them, in any order. */
  readonly live?: Iterable<Conversation>;
  readonly inboxIds: readonly string[];
  /** "oldest", or else the newest first. */
  readonly sort: Sort;
  readonly limit: number;
  readonly after: Position | null;
  readonly accepts: (row: Conversation) => boolean;
}

/** A page and where the next begins: it may be short, even empty, where few rows of many were accepted. */
export interface DonePage {
  readonly items: readonly Conversation[];
  readonly next: Position | null;
}

/** One page in the stored order of each status and inbox, merged. Rows of one millisecond stand in the order of their ids. */
export async function listDone(
  store: Pick<Store, "list" | "getMany">,
  query: DoneQuery,
  scanLimit = SCAN_LIMIT,
): Promise<DonePage> {
  const inOrder = (a: Position, b: Position) => comparePlaces(a, b, query.sort);
  const stored = await Promise.all(
    query.statuses.flatMap((status) =>
      query.inboxIds.map((inboxId) => listInbox(store, { status, inboxId }, query, scanLimit))
    ),
  );
  const live = selectPage(query.live ?? [], { ...query, compare: inOrder });
  const parts = [...stored, { rows: live.items, end: live.next }];
  const placed = parts.flatMap(({ rows }) => rows)
    .map((row) => ({ row, place: positionOf(row, query.sort) }))
    .sort((a, b) => inOrder(a.place, b.place));
  // An inbox that was not looked through ends the page there: what lies behind may belong in between.
  const [horizon] = parts.flatMap(({ end }) => end === null ? [] : [end]).sort(inOrder);
  const known = horizon === undefined
    ? placed
    : placed.filter(({ place }) => inOrder(place, horizon) <= 0);
  const page = known.slice(0, query.limit);
  return {
    items: page.map(({ row }) => row),
    next: known.length > query.limit ? page.at(-1)?.place ?? null : horizon ?? null,
  };
}

interface InboxPart {
  readonly rows: readonly Conversation[];
  /** The last place that was looked at, when there are more behind it; null when all were. */
  readonly end: Position | null;
}

async function listInbox(
  store: Pick<Store, "list" | "getMany">,
  { status, inboxId }: { readonly status: ConversationStatus; readonly inboxId: string },
  query: DoneQuery,
  scanLimit: number,
): Promise<InboxPart> {
  const { sort, after, accepts, limit } = query;
  const isOldest = sort === "oldest";
  const range = after === null
    ? keys.doneOfInbox(status, inboxId)
    : isOldest
    ? keys.doneAfter(status, inboxId, after.value, after.id)
    : keys.doneBefore(status, inboxId, -after.value, after.id);
  const rows: Conversation[] = [];
  let scanned = 0;
  let ids: string[] = [];
  const takeBatch = async () => {
    scanned += ids.length;
    const found = await store.getMany(ids.map((id) => keys.conversation(id)));
    ids = [];
    rows.push(...found.filter((row) => row !== null).filter(accepts));
  };
  for await (const { path } of store.list(range, { reverse: !isOldest })) {
    const [at, id] = [Number(path.at(-2)), String(path.at(-1))];
    ids.push(id);
    if (ids.length < BATCH && scanned + ids.length < scanLimit) continue;
    await takeBatch();
    if (rows.length > limit || scanned >= scanLimit) {
      return { rows, end: { value: isOldest ? at : -at, id } };
    }
  }
  await takeBatch();
  return { rows, end: null };
}

/** As stored: by time, then by id, both forward for the oldest first and both backward else. */
function comparePlaces(a: Position, b: Position, sort: Sort): number {
  const byId = a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  return a.value - b.value || (sort === "oldest" ? byId : -byId);
}
