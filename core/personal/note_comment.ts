import type { Principal } from "../access/mod.ts";
import type { Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";
import { addPersonal, putPersonal } from "./put_personal.ts";

/** Kind of the job that tells those a comment names of it: payload `{conversationId, seq, messageId}`. */
export const MENTION_JOB = "notifications.mention";

/** Time to see it in the app. */
const WAIT_MS = 2 * 60_000;

/**
 * In the commit of a comment: its author and those it names follow the conversation from now on, and it is in the
 * list of mentions of those.
 */
export async function noteComment(
  tx: Tx,
  principal: Principal,
  { id: messageId, conversationId, seq }: Message,
  mentioned: readonly string[],
): Promise<void> {
  const author = principal.type === "user" ? principal.user.id : null;
  const others = mentioned.filter((userId) => userId !== author);
  for (const userId of others) {
    await putPersonal(tx, { userId, list: "mentions", conversationId }, tx.now);
    const key = keys.mentionNews(userId, conversationId);
    tx.set(key, { seq, toldSeq: (await tx.read(key))?.toldSeq ?? 0 });
  }
  for (const userId of author === null ? others : [author, ...others]) {
    await addPersonal(tx, { userId, list: "following", conversationId }, tx.now);
  }
  if (others.length > 0) {
    const payload = { conversationId, seq, messageId };
    tx.job({ kind: MENTION_JOB, payload, dueAt: tx.now + WAIT_MS });
  }
}
