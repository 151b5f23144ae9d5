/**
 * What is told of a message besides its coming: other texts, that it was taken back, what people think of it. Providers
 * tell it twice, late, or before the message itself: joined in any order, it comes to the same.
 */
import { clip } from "../clip.ts";
import type { Message, Reaction } from "../model/message.ts";
import {
  type DedupeRecord,
  type EarlyRecord,
  type MessageNews,
  type MessageText,
  type MessageTextsRecord,
  storedBytes,
} from "../store/mod.ts";

export const NO_NEWS: MessageNews = { texts: [], deletedAt: null, reactions: [], receipt: null };

/** How long news wait for their message, in ms. */
export const EARLY_KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

/** A changed text beyond this is cut: the raw delivery has all of it. */
const MAX_TEXT = 10_000;
/** Of all texts of a message; the latest are kept. */
const TEXTS_BYTES = 32 * 1024;
const MAX_TEXTS = 50;
/** People whose reactions are kept, the latest. Their names and pictures share the message's record. */
const MAX_REACTIONS = 20;

/** Both, whichever was told first, and however often. */
export function joinNews(a: MessageNews, b: MessageNews): MessageNews {
  return {
    texts: joinTexts(a.texts, b.texts),
    deletedAt: earlier(a.deletedAt, b.deletedAt),
    reactions: joinReactions(a.reactions, b.reactions),
    receipt: furthest(a.receipt, b.receipt),
  };
}

/** The news with these, for as long as their message may be on its way. Null: what stands for the id is a message. */
export function keptEarly(
  known: DedupeRecord | EarlyRecord | null,
  news: MessageNews,
  now: number,
): EarlyRecord | null {
  if (known !== null && !isEarly(known)) return null;
  const early = known === null || known.expiresAt <= now ? NO_NEWS : known.early;
  return { early: joinNews(early, news), expiresAt: now + EARLY_KEPT_MS };
}

/** What was told of a message that comes only now. */
export function earlyNews(
  known: DedupeRecord | EarlyRecord | null,
  now: number,
): MessageNews | null {
  return known !== null && isEarly(known) && known.expiresAt > now ? known.early : null;
}

/** Whether an id stands for no message yet. */
export function isEarly(known: DedupeRecord | EarlyRecord): known is EarlyRecord {
  return "early" in known;
}

/** The texts of a message after news; null when there is nothing new among them. @param first as it came */
export function withTexts(
  held: MessageTextsRecord | null,
  first: string,
  texts: readonly MessageText[],
): MessageTextsRecord | null {
  const before = held ?? { first: clip(first, MAX_TEXT), later: [] };
  const later = joinTexts(before.later, texts);
  return isSame(before.later, later) ? null : { ...before, later };
}

/** What a message is thought of after news; the same list when nothing is new. */
export function withReactions(
  held: readonly Reaction[],
  reactions: readonly Reaction[],
): readonly Reaction[] {
  const joined = joinReactions(held, reactions);
  return isSame(held, joined) ? held : joined;
}

/** What is left of a message that was taken back: that it was there, when, and by whom. */
export function emptied(message: Message, deletedAt: number): Message {
  const {
    html: _html,
    bodyBlobId: _blob,
    bodyTextBytes: _bytes,
    fields: _fields,
    quickReplies: _quickReplies,
    template: _template,
    editedAt: _editedAt,
    reactions: _reactions,
    ...rest
  } = message;
  return { ...rest, text: "", hasHtml: false, attachments: [], deletedAt };
}

/**
 * A message with what was told of it where it lay before: later texts, reactions, that it was taken back. The same one
 * when there is nothing new.
 */
export function carried(left: Message, moved: Message): Message {
  if (moved.deletedAt !== undefined) return moved;
  if (left.deletedAt !== undefined) return emptied(moved, left.deletedAt);
  const before = moved.reactions ?? [];
  const reactions = withReactions(before, left.reactions ?? []);
  const isLater = (left.editedAt ?? 0) > (moved.editedAt ?? 0);
  if (!isLater && reactions === before) return moved;
  return {
    ...isLater ? withBodyOf(left, moved) : moved,
    ...reactions === before ? {} : { reactions },
  };
}

/** An edit has no HTML. */
function withBodyOf(
  { text, bodyBlobId, bodyTextBytes, editedAt }: Message,
  moved: Message,
): Message {
  const { html: _html, bodyBlobId: _blob, bodyTextBytes: _bytes, ...rest } = moved;
  return {
    ...rest,
    text,
    hasHtml: false,
    ...bodyBlobId === undefined ? {} : { bodyBlobId },
    ...bodyTextBytes === undefined ? {} : { bodyTextBytes },
    ...editedAt === undefined ? {} : { editedAt },
  };
}

function joinTexts(
  a: readonly MessageText[],
  b: readonly MessageText[],
): readonly MessageText[] {
  const cut = [...a, ...b].map(({ text, at }) => ({ text: clip(text, MAX_TEXT), at }));
  const distinct = new Map(cut.map((one) => [`${one.at} ${one.text}`, one]));
  const newestFirst = [...distinct.values()]
    .sort((one, other) => other.at - one.at || compare(other.text, one.text));
  let room = TEXTS_BYTES;
  const end = newestFirst.findIndex((one) => (room -= storedBytes(one)) < 0);
  return newestFirst.slice(0, end < 0 ? MAX_TEXTS : Math.min(end, MAX_TEXTS)).reverse();
}

function joinReactions(a: readonly Reaction[], b: readonly Reaction[]): readonly Reaction[] {
  const byPerson = new Map<string, Reaction>();
  for (const one of [...a, ...b]) {
    const other = byPerson.get(one.by);
    byPerson.set(one.by, other === undefined ? one : latest(other, one));
  }
  return [...byPerson.values()].sort((one, other) => one.at - other.at || compare(one.by, other.by))
    .slice(-MAX_REACTIONS);
}

/** Of two at the same moment, taking back counts: clocks of seconds see a tap and the next one as one. */
function latest(a: Reaction, b: Reaction): Reaction {
  return a.at < b.at || (a.at === b.at && comesBefore(a, b)) ? b : a;
}

function comesBefore(a: Reaction, b: Reaction): boolean {
  if (a.emoji === b.emoji) return a.name < b.name;
  if (a.emoji === null || b.emoji === null) return b.emoji === null;
  return a.emoji < b.emoji;
}

const FAR = { sent: 0, failed: 1, delivered: 2, read: 3 } as const;

function furthest(a: MessageNews["receipt"], b: MessageNews["receipt"]): MessageNews["receipt"] {
  if (a === null || b === null) return a ?? b;
  if (a.status !== b.status) return FAR[a.status] > FAR[b.status] ? a : b;
  return a.at <= b.at ? a : b;
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? a ?? b : Math.min(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
