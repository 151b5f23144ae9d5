/** Where a draft's content lies: in its record while that is small, else in values beside it. All run out together. */
import { invalid } from "../errors.ts";
import type { CoreError } from "../errors.ts";
import type { Draft, DraftContent, DraftKind, KeptDraft } from "../model/draft.ts";
import { err, ok, type Result } from "../result.ts";
import { type Key, keys, storedBytes, type Tx } from "../store/mod.ts";

/** Of a draft's text, in UTF-8. */
export const MAX_TEXT_BYTES = 64 * 1024;
/** Of its formatted form, which says the same with marks around it. */
const MAX_HTML_BYTES = 192 * 1024;
const MAX_OTHER_BYTES = 64 * 1024;
/** A record holds this much beside what it says of itself. */
const INLINE_BYTES = 48 * 1024;
const PART_BYTES = 60 * 1024;
/** A commit takes 800 KiB. */
const MAX_CONTENT_BYTES = 640 * 1024;

/** Whose draft, of what, where. */
export interface DraftPlace {
  readonly conversationId: string;
  readonly userId: string;
  readonly kind: DraftKind;
}

/** Errors: too_large, invalid. */
export function checkContent({ text, html }: Pick<DraftContent, "text" | "html">): Result<
  null,
  CoreError
> {
  if (bytesOf(text) > MAX_TEXT_BYTES) return err({ code: "too_large", maxBytes: MAX_TEXT_BYTES });
  if (html !== undefined && bytesOf(html) > MAX_HTML_BYTES) {
    return err(invalid("html", `is over ${MAX_HTML_BYTES / 1024} KB`));
  }
  return ok(null);
}

/**
 * Writes a draft with its content. Errors: too_large, when it has more than a commit takes.
 * @param before what is stored now, whose parts go
 */
export function writeDraft(
  tx: Pick<Tx, "set" | "delete" | "now">,
  place: DraftPlace,
  before: Draft | null,
  draft: KeptDraft & { readonly content: DraftContent },
): Result<null, CoreError> {
  const content = { ...draft.content, others: fitOthers(draft.content.others) };
  const options = { expireInMs: draft.expiresAt - tx.now };
  if (storedBytes(content) <= INLINE_BYTES) {
    tx.set(keys.draft(...pathOf(place)), { ...draft, content }, options);
    dropParts(tx, place, before, 0);
    return ok(null);
  }
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  if (bytes.length > MAX_CONTENT_BYTES) {
    return err({ code: "too_large", maxBytes: MAX_TEXT_BYTES });
  }
  const parts = Math.ceil(bytes.length / PART_BYTES);
  for (let n = 0; n < parts; n++) {
    const part = bytes.slice(n * PART_BYTES, (n + 1) * PART_BYTES);
    tx.set(keys.draftPart(...pathOf(place), n), part, options);
  }
  dropParts(tx, place, before, parts);
  tx.set(keys.draft(...pathOf(place)), { ...draft, parts, content: null }, options);
  return ok(null);
}

/** Deletes the parts a draft had, from one on. */
export function dropParts(
  tx: Pick<Tx, "delete">,
  place: DraftPlace,
  before: Draft | null,
  from: number,
): void {
  for (let n = from; n < (before?.parts ?? 0); n++) {
    tx.delete(keys.draftPart(...pathOf(place), n));
  }
}

/** Null when a part is gone: another commit wrote the draft meanwhile, or it is running out. */
export async function readContent(
  read: <T>(key: Key<T>) => Promise<T | null>,
  place: DraftPlace,
  draft: KeptDraft,
): Promise<DraftContent | null> {
  if (draft.content !== null) return draft.content;
  const parts = await Promise.all(
    Array.from({ length: draft.parts }, (_, n) => read(keys.draftPart(...pathOf(place), n))),
  );
  const whole = parts.filter((part) => part !== null);
  if (whole.length < draft.parts) return null;
  const text = await new Blob(whole).text();
  try {
    // Written by writeDraft() as it is typed here.
    return JSON.parse(text) as DraftContent;
  } catch (error) {
    // Parts of two commits.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The parts of a draft's key. */
export function pathOf(
  { conversationId, userId, kind }: DraftPlace,
): [conversationId: string, userId: string, kind: DraftKind] {
  return [conversationId, userId, kind];
}

/** The latest ones that fit, without their marks when those are too many. */
function fitOthers(others: DraftContent["others"]): DraftContent["others"] {
  let room = MAX_OTHER_BYTES;
  return others.flatMap(({ html, ...other }) => {
    const { text } = other;
    const bytes = bytesOf(text) + bytesOf(html ?? "");
    if (bytes <= room) {
      room -= bytes;
      return [{ ...other, ...html === undefined ? {} : { html } }];
    }
    if (bytesOf(text) > room) return [];
    room -= bytesOf(text);
    return [other];
  });
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** From the path of a draft's key. */
export function placeOf(path: readonly unknown[]): DraftPlace {
  const [, conversationId, userId, kind] = path;
  return { conversationId: String(conversationId), userId: String(userId), kind: kindOf(kind) };
}

export function kindOf(part: unknown): DraftKind {
  return part === "comment" ? "comment" : "reply";
}
