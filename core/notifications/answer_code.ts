import { placeNow } from "../conversations/mod.ts";
import { macTag } from "../encoding.ts";
import { type AnswerCodeRecord, keys, type Store, transact } from "../store/mod.ts";

const DAY_MS = 24 * 60 * 60_000;
/** How long a notification may be answered by mail. */
const ANSWERABLE_MS = 30 * DAY_MS;
/** How long an answer that comes later is still known as one. */
const KNOWN_MS = 365 * DAY_MS;

/**
 * The code of a person and a conversation, always the same one: nobody can guess it, and only who was told of the
 * conversation knows it. From now on it may be answered for 30 days.
 */
export async function giveAnswerCode(
  store: Store,
  about: Omit<AnswerCodeRecord, "expiresAt">,
): Promise<string> {
  const code = await codeOf(store, about);
  await transact(store, (tx) => {
    const record = { ...about, expiresAt: tx.now + ANSWERABLE_MS };
    tx.set(keys.answerCode(code), record, { expireInMs: KNOWN_MS });
    return Promise.resolve();
  });
  return code;
}

/** Seq of the latest message that somebody was told of by mail; 0 when none is known. */
export async function readToldSeq(
  store: Store,
  about: Pick<AnswerCodeRecord, "userId" | "conversationId">,
): Promise<number> {
  const record = await store.get(keys.answerCode(await codeOf(store, about)));
  if (record === null) return 0;
  // Threads may have been split or merged since.
  const place = await placeNow((key) => store.get(key), record);
  return place.conversationId === about.conversationId ? place.seq : 0;
}

async function codeOf(
  { vault }: Pick<Store, "vault">,
  { userId, conversationId }: Pick<AnswerCodeRecord, "userId" | "conversationId">,
): Promise<string> {
  return macTag(await vault.mac("answer code", `${userId} ${conversationId}`));
}
