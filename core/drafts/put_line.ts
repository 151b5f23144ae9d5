import { clip } from "../clip.ts";
import type { KeptDraft } from "../model/draft.ts";
import { putPersonal } from "../personal/mod.ts";
import { keys, type Tx } from "../store/mod.ts";
import type { DraftPlace } from "./draft_content.ts";

/** Of first words, in characters. */
const LINE_LENGTH = 200;
const MINUTE_MS = 60_000;

/** Puts a draft into its author's lists, with its first words. */
export async function putLine(
  tx: Tx,
  { userId, conversationId, kind }: DraftPlace,
  text: string,
  { updatedAt, expiresAt }: KeptDraft,
): Promise<void> {
  const options = { expireInMs: expiresAt - tx.now };
  const line = { text: clip(text.trim(), LINE_LENGTH), updatedAt, expiresAt };
  tx.set(keys.draftLine(userId, conversationId, kind), line, options);
  // To the minute: the order of a list is not written anew with each word.
  const at = Math.floor(tx.now / MINUTE_MS) * MINUTE_MS;
  await putPersonal(tx, { userId, list: "drafts", conversationId }, at, options);
}
