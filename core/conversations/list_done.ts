import type { Conversation, ConversationStatus } from "../model/conversation.ts";
import { keys, type Store } from "../store/mod.ts";
import { comparePositions, type Position, positionOf, type Sort } from "./select.ts";

/** How many rows one page looks at for those its filter accepts; past it, search is the way. */
const SCAN_LIMIT = 5_000;
const BATCH = 50;

interface DoneQuery {
  readonly status: ConversationStatus;
  readonly inboxIds: readonly string[];
  /** "oldest", or else the newest first. */
  readonly sort: Sort;
  readonly limit: number;
  readonly after: Position | null;
  readonly accepts: (row: Conversation) => boolean;
}

/**
 * Candidates for one page over closed, spam or trash: from the stored order of each inbox, as many as the page can
 * need from it.
 */
export async function listDone(store: Store, query: DoneQuery): Promise<readonly Conversation[]> {
  const lists = await Promise.all(
    query.inboxIds.map((inboxId) => listInbox(store, inboxId, query)),
  );
  return lists.flat();
}

async function listInbox(
  store: Store,
  inboxId: string,
  query: DoneQuery,
): Promise<readonly Conversation[]> {
  const accepted: Conversation[] = [];
  let scanned = 0;
  let ids: string[] = [];
  const takeBatch = async () => {
    scanned += ids.length;
    const rows = await store.getMany(ids.map((id) => keys.conversation(id)));
    ids = [];
    accepted.push(...rows.filter((row) => row !== null).filter((row) => isOnPage(row, query)));
  };
  for await (
    const { path } of store.list(rangeOf(inboxId, query), { reverse: query.sort !== "oldest" })
  ) {
    ids.push(String(path.at(-1)));
    if (ids.length < BATCH) continue;
    await takeBatch();
    if (accepted.length > query.limit || scanned >= SCAN_LIMIT) return accepted;
  }
  await takeBatch();
  return accepted;
}

function isOnPage(row: Conversation, { sort, after, accepts }: DoneQuery): boolean {
  return accepts(row) && (after === null || comparePositions(positionOf(row, sort), after) > 0);
}

/** From the cursor's time on; rows of that same millisecond are sorted out by `isOnPage`. */
function rangeOf(inboxId: string, { status, sort, after }: DoneQuery) {
  if (after === null) return keys.doneOfInbox(status, inboxId);
  return sort === "oldest"
    ? keys.doneFrom(status, inboxId, after.value)
    : keys.doneUpTo(status, inboxId, -after.value);
}
