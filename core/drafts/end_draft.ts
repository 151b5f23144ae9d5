import { removePersonal } from "../personal/mod.ts";
import { keys, type Tx } from "../store/mod.ts";
import { ENDED_KEPT_MS } from "./decide_save.ts";
import { type DraftPlace, dropParts, pathOf } from "./draft_content.ts";

/** A draft that is no more. */
export interface EndedDraft extends DraftPlace {
  readonly draftId: string;
}

/**
 * Ends a draft in the commit of whatever came of it, and leaves word, so that a save still on its way does not bring
 * it back. One with another id stays: its author began it elsewhere, after the one that was sent.
 * @returns null when there is another one
 */
export async function endDraft(
  tx: Tx,
  place: DraftPlace,
  draftId: string,
): Promise<EndedDraft | null> {
  const before = await tx.get(keys.draft(...pathOf(place)));
  const isOther = before?.state === "kept" && before.id !== draftId && before.expiresAt > tx.now;
  if (isOther) return null;
  tx.set(keys.draft(...pathOf(place)), {
    state: "ended",
    id: draftId,
    version: (before?.version ?? 0) + 1,
    parts: 0,
    updatedAt: tx.now,
    expiresAt: tx.now + ENDED_KEPT_MS,
  }, { expireInMs: ENDED_KEPT_MS });
  dropParts(tx, place, before, 0);
  const { userId, conversationId, kind } = place;
  tx.delete(keys.draftLine(userId, conversationId, kind));
  const otherKind = kind === "reply" ? "comment" : "reply";
  const other = await tx.read(keys.draft(conversationId, userId, otherKind));
  if (other?.state !== "kept") {
    await removePersonal(tx, { userId, list: "drafts", conversationId });
  }
  return { ...place, draftId };
}

/** Deletes what people were writing into a conversation that is erased. */
export async function eraseDrafts(tx: Tx, conversationId: string): Promise<void> {
  for await (const { path } of tx.list(keys.draftsOf(conversationId))) {
    const [, , userId, kind] = path;
    tx.delete(keys.draft(conversationId, String(userId), String(kind)));
    tx.delete(keys.draftLine(String(userId), conversationId, String(kind)));
  }
  for await (const { path } of tx.list(keys.draftPartsOf(conversationId))) {
    const [, , userId, kind, n] = path;
    tx.delete(keys.draftPart(conversationId, String(userId), String(kind), Number(n)));
  }
}
