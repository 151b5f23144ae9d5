import { z } from "zod";

/** How far a folder was read. */
const Cursor = z.object({
  v: z.literal(1),
  /** Which mailbox: another one is read from its beginning. */
  source: z.string(),
  folder: z.string(),
  /** Null until the folder was first opened. UIDs mean something only together with it. */
  uidValidity: z.string().nullable(),
  /** All mail up to this UID was passed. */
  lastUid: z.number(),
  /** A walk by date over what is up to `upTo`, passing what is stored already; null when none is under way. */
  review: z.object({
    sinceAt: z.number().nullable(),
    afterUid: z.number(),
    /** Null: up to whatever is there when the folder is opened. */
    upTo: z.number().nullable(),
    /** Mails it began with. */
    total: z.number().nullable(),
  }).nullable(),
  /** When the last review began, epoch ms. */
  reviewedAt: z.number(),
  /** Only what was there at first: ends when the review has ended. */
  isHistory: z.boolean(),
  /** Stored whole since the last poll: to be marked as read, moved or deleted. */
  unmarked: z.array(z.number()),
  /** A mail that could not be fetched, alone, this many times. */
  stuck: z.object({ uid: z.number(), times: z.number() }).nullable(),
});
export type ImapCursor = z.infer<typeof Cursor>;

const DAY_MS = 24 * 60 * 60 * 1_000;
/** The daily review looks this far back. */
const REVIEW_MS = 3 * DAY_MS;

/** What a folder says of itself when it is opened. */
export interface FolderState {
  readonly uidValidity: string;
  /** The UID the next mail gets, at least. */
  readonly uidNext: number;
}

/** A cursor as it is stored; null when the text is none. */
export function parseCursor(text: string): ImapCursor | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = Cursor.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

export function formatCursor(cursor: ImapCursor): string {
  return JSON.stringify(cursor);
}

/** The cursor of a folder nobody has looked into. @param sinceAt null: all of it, when it is for history */
export function firstCursor(
  source: string,
  folder: string,
  { sinceAt, isHistory }: { readonly sinceAt: number | null; readonly isHistory: boolean },
): ImapCursor {
  const looksBack = isHistory || sinceAt !== null;
  return {
    v: 1,
    source,
    folder,
    uidValidity: null,
    lastUid: 0,
    review: looksBack ? { sinceAt, afterUid: 0, upTo: null, total: null } : null,
    reviewedAt: 0,
    isHistory,
    unmarked: [],
    stuck: null,
  };
}

/**
 * The cursor as it is to be read with, now that the folder was opened: begun, or begun anew when the server gave its
 * mails other UIDs, and with the daily review when that is due. Pure.
 */
export function settleCursor(cursor: ImapCursor, folder: FolderState, now: number): ImapCursor {
  const lastUid = folder.uidNext - 1;
  if (cursor.uidValidity === null) {
    const review = cursor.review === null ? null : { ...cursor.review, upTo: lastUid };
    return { ...cursor, uidValidity: folder.uidValidity, lastUid, review, reviewedAt: now };
  }
  if (cursor.uidValidity !== folder.uidValidity) {
    // Old UIDs mean nothing now. What came since the last look is found by date, and known again by its Message-ID.
    const sinceAt = cursor.isHistory
      ? cursor.review?.sinceAt ?? null
      : Math.min(cursor.reviewedAt, cursor.review?.sinceAt ?? Infinity) - REVIEW_MS;
    return {
      ...cursor,
      uidValidity: folder.uidValidity,
      lastUid,
      review: { sinceAt, afterUid: 0, upTo: lastUid, total: null },
      reviewedAt: now,
      unmarked: [],
      stuck: null,
    };
  }
  const isDue = !cursor.isHistory && cursor.review === null && now - cursor.reviewedAt >= DAY_MS;
  if (!isDue) return cursor;
  const review = { sinceAt: now - REVIEW_MS, afterUid: 0, upTo: cursor.lastUid, total: null };
  return { ...cursor, review, reviewedAt: now };
}
