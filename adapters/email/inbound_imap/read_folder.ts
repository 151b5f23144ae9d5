import type { ImapFlow } from "imapflow";
import {
  err,
  ok,
  type PollAsk,
  type PollError,
  type PollPage,
  type Result,
} from "../../../core/channel/mod.ts";
import { messageIdsIn } from "../message_ids.ts";
import { fetchAround, type FetchedMails, fetchMails } from "./fetch_mails.ts";
import { formatCursor, type ImapCursor } from "./imap_cursor.ts";
import { imapError } from "./imap_error.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Mails a review looks at in one go. */
const REVIEW_CHUNK = 200;
/** A mail that broke the connection alone this often is fetched around. */
const MAX_TIMES_STUCK = 4;

/** A page of mails with the cursors after each of them. */
export interface FolderPage {
  readonly mails: readonly (FetchedMails["mails"][number] & { readonly cursor: ImapCursor })[];
  readonly cursor: ImapCursor;
  readonly hasMore: boolean;
  /** Of a review. */
  readonly progress?: NonNullable<PollPage["progress"]>;
}

/** Reads on in the folder that is open: first what is new, then the review. The cursor is settled. */
export async function readFolder(
  client: ImapFlow,
  cursor: ImapCursor,
  ask: PollAsk,
  now: number,
): Promise<Result<FolderPage, PollError>> {
  if (!cursor.isHistory) {
    const fresh = await findUids(client, { uid: `${cursor.lastUid + 1}:*` });
    // "n:*" gives the last mail even when its UID is below n.
    const uids = fresh.filter((uid) => uid > cursor.lastUid);
    if (uids.length > 0) {
      const advance = (uid: number): ImapCursor => ({ ...cursor, lastUid: uid });
      return await readPage(client, cursor, uids, advance, now);
    }
  }
  return await readReview(client, cursor, ask, now);
}

async function readReview(
  client: ImapFlow,
  cursor: ImapCursor,
  ask: PollAsk,
  now: number,
): Promise<Result<FolderPage, PollError>> {
  const { review } = cursor;
  if (review === null) return ok({ mails: [], cursor, hasMore: false });
  const { afterUid, upTo, sinceAt } = review;
  const isOver = upTo === null || afterUid >= upTo;
  const found = isOver ? [] : await findUids(client, {
    uid: `${afterUid + 1}:${upTo}`,
    // Servers go by whole days of their own time zone.
    ...sinceAt === null ? {} : { since: new Date(sinceAt - DAY_MS) },
  });
  const uids = found.filter((uid) => uid > afterUid && uid <= (upTo ?? 0));
  const last = uids.at(-1);
  if (last === undefined) {
    const total = review.total ?? 0;
    const progress = { done: total, total };
    return ok({ mails: [], cursor: { ...cursor, review: null }, hasMore: false, progress });
  }
  const total = review.total ?? uids.length;
  const chunk = uids.slice(0, REVIEW_CHUNK);
  const unknown = await findUnknown(client, chunk, ask);
  const advance = (uid: number): ImapCursor => {
    const next = uid >= last ? null : { ...review, total, afterUid: uid };
    return { ...cursor, review: next };
  };
  const read = unknown.length === 0
    ? ok({ mails: [], cursor, hasMore: false })
    : await readPage(client, cursor, unknown, advance, now);
  if (!read.ok) return read;
  // Once all that is unknown was fetched, past what is known at the end of the chunk too.
  const after = read.value.hasMore ? read.value.cursor : advance(chunk.at(-1) ?? afterUid);
  const { unmarked, stuck } = read.value.cursor;
  const next: ImapCursor = { ...after, unmarked, stuck };
  const left = uids.filter((uid) => next.review !== null && uid > next.review.afterUid).length;
  const progress = { done: Math.max(0, total - left), total };
  return ok({ ...read.value, cursor: next, hasMore: next.review !== null, progress });
}

async function readPage(
  client: ImapFlow,
  cursor: ImapCursor,
  uids: readonly number[],
  advance: (uid: number) => ImapCursor,
  now: number,
): Promise<Result<FolderPage, PollError>> {
  const [first = 0] = uids;
  const times = cursor.stuck?.uid === first ? cursor.stuck.times : 0;
  const fetched = times > MAX_TIMES_STUCK
    ? await goAround(client, first, cursor.folder, now)
    // Alone once it has failed: it must not take others with it, and only it is to blame then.
    : await fetchMails(client, times > 0 ? [first] : uids, now);
  if (fetched.passedUid === 0) {
    const stuck = { uid: first, times: times + 1 };
    return err({ ...imapError(fetched.error), cursor: formatCursor({ ...cursor, stuck }) });
  }
  const passed: number[] = [];
  const mails = fetched.mails.map((mail) => {
    if (mail.isWhole) passed.push(mail.uid);
    const unmarked = [...cursor.unmarked, ...passed];
    return { ...mail, cursor: { ...advance(mail.uid), unmarked, stuck: null } };
  });
  const after: ImapCursor = {
    ...advance(fetched.passedUid),
    unmarked: [...cursor.unmarked, ...passed],
    stuck: null,
  };
  return ok({ mails, cursor: after, hasMore: fetched.passedUid < (uids.at(-1) ?? 0) });
}

async function goAround(
  client: ImapFlow,
  uid: number,
  folder: string,
  now: number,
): Promise<FetchedMails> {
  const mail = await fetchAround(client, uid, folder, now);
  return { mails: mail === null ? [] : [mail], passedUid: uid, error: null };
}

async function findUids(
  client: ImapFlow,
  query: Parameters<ImapFlow["search"]>[0],
): Promise<readonly number[]> {
  const found = await client.search(query, { uid: true });
  if (!Array.isArray(found)) throw new Error("Cannot search the folder: the server refused");
  return found.toSorted((a, b) => a - b);
}

/** The UIDs whose mail is not stored yet, as far as its Message-ID tells. */
async function findUnknown(
  client: ImapFlow,
  uids: readonly number[],
  ask: PollAsk,
): Promise<readonly number[]> {
  const ids = new Map<number, string>();
  const query = { headers: ["message-id"] };
  for (const { uid, headers } of await client.fetchAll([...uids], query, { uid: true })) {
    const [, value = ""] = /^message-id:((?:[^\r\n]|\r?\n[ \t])*)/im.exec(String(headers ?? "")) ??
      [];
    const [id] = messageIdsIn(value);
    if (id !== undefined) ids.set(uid, id);
  }
  const known = await ask.isKnown([...ids.values()]);
  return uids.filter((uid) => !known.has(ids.get(uid) ?? ""));
}
