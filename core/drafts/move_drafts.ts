/** What people were writing into a conversation that was merged goes on in the other one. */
import { type CoreError } from "../errors.ts";
import type { DraftContent, KeptDraft } from "../model/draft.ts";
import { ok, type Result } from "../result.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";
import { MAX_OTHERS } from "./decide_save.ts";
import { type DraftPlace, pathOf, placeOf, readContent, writeDraft } from "./draft_content.ts";
import { endDraft } from "./end_draft.ts";
import { putLine } from "./put_line.ts";

/**
 * Moves everybody's drafts to another conversation; where their author has one there too, theirs is offered beside it.
 * One commit each: cut off and run again it goes on with the others. @throws when aborted
 */
export async function moveDrafts(
  store: Store,
  fromId: string,
  { intoId, signal }: { readonly intoId: string; readonly signal: AbortSignal },
): Promise<void> {
  for await (const { path } of store.list(keys.draftsOf(fromId), { signal })) {
    await transact(store, (tx) => moveDraft(tx, placeOf(path), intoId));
  }
  signal.throwIfAborted();
}

async function moveDraft(
  tx: Tx,
  from: DraftPlace,
  intoId: string,
): Promise<Result<null, CoreError>> {
  const into = { ...from, conversationId: intoId };
  const read = <T>(key: Parameters<typeof tx.read<T>>[0]) => tx.read(key);
  const [draft, there] = await Promise.all([
    tx.get(keys.draft(...pathOf(from))),
    tx.get(keys.draft(...pathOf(into))),
  ]);
  if (draft?.state !== "kept" || draft.expiresAt <= tx.now) return ok(null);
  const content = await readContent(read, from, draft);
  if (content === null) return ok(null);
  const kept = there?.state === "kept" && there.expiresAt > tx.now ? there : null;
  const own = kept && await readContent(read, into, kept);
  const version = (there?.version ?? 0) + 1;
  const moved: KeptDraft & { readonly content: DraftContent } = kept === null || own === null
    // What its author saw was another conversation's.
    ? { ...draft, version, content: { ...content, baseVersion: null } }
    : { ...kept, version, content: { ...own, others: othersWith(own, content, from, version) } };
  const written = writeDraft(tx, into, there, moved);
  if (!written.ok) return written;
  await endDraft(tx, from, draft.id);
  await putLine(tx, into, moved.content.text, moved);
  return ok(null);
}

function othersWith(
  own: DraftContent,
  { text, html, others }: DraftContent,
  { conversationId }: DraftPlace,
  at: number,
): DraftContent["others"] {
  // As if another tab had written it, which no tab is called.
  const moved = { tab: conversationId, at, text, ...html === undefined ? {} : { html } };
  return [...text.trim() === "" ? [] : [moved], ...own.others, ...others].slice(0, MAX_OTHERS);
}
