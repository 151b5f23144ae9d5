import type { JobHandler } from "../jobs/mod.ts";
import { SYSTEM } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";
import { foldTagName, tagNamed } from "../tags/mod.ts";
import { putConversation } from "./put.ts";
import { retagSaved } from "./retag_saved.ts";

/**
 * The handler of the job that follows a renamed, merged or deleted tag: every conversation with the old name, open or
 * not, gets the name it stands for now, or loses it; saved views and macros say it too. One small commit each; cut off
 * and run again it goes on with what still has the old name.
 */
export function createRetagger(store: Store): JobHandler {
  return async function retag(job, run) {
    const name = String(job.payload.name);
    const folded = foldTagName(name);
    const range = { signal: run.signal };
    for await (const { value } of store.list(keys.conversations(), range)) {
      if (!value.tags.some((tag) => foldTagName(tag) === folded)) continue;
      await transact(store, (tx) => rewrite(tx, value.id, name), { queue: value.id });
    }
    await retagSaved(store, name, run.signal);
  };
}

async function rewrite(tx: Tx, id: string, name: string): Promise<void> {
  const before = await tx.get(keys.conversation(id));
  if (before === null) return;
  // As it is now: a later change may have overtaken this one.
  const tag = await tagNamed((key) => tx.get(key), name);
  const after = retagged(before, name, tag?.name ?? null);
  if (after === before) return;
  putConversation(tx, before, after);
  tx.emit({
    type: "conversation.updated",
    actor: SYSTEM,
    conversationId: id,
    inboxId: before.inboxId,
    changed: ["tags"],
  });
}

/** The conversation with one tag called otherwise, in its place, or without it. Pure. @param to null: without */
export function retagged(before: Conversation, from: string, to: string | null): Conversation {
  const folded = foldTagName(from);
  const tags = [
    ...new Set(
      before.tags.map((tag) => foldTagName(tag) === folded ? to : tag)
        .filter((tag) => tag !== null),
    ),
  ];
  const isSame = tags.length === before.tags.length &&
    tags.every((tag, n) => tag === before.tags[n]);
  return isSame ? before : { ...before, tags };
}
