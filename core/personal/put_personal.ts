import { keys, type PersonalList, type SetOptions, type Tx } from "../store/mod.ts";

/** Whose list, which one, and the conversation in it. */
export interface PersonalPlace {
  readonly userId: string;
  readonly list: PersonalList;
  readonly conversationId: string;
}

/**
 * Puts a conversation into somebody's list at a time, or moves it there. Adds no check to the commit.
 * @param at epoch ms: the list's order
 * @param options `expireInMs`: it leaves the list by itself, unless it is put there again
 */
export async function putPersonal(
  tx: Tx,
  place: PersonalPlace,
  at: number,
  options: SetOptions = {},
): Promise<void> {
  const { userId, list, conversationId } = place;
  const before = await tx.read(keys.personal(conversationId, list, userId));
  if (before?.at === at) return;
  if (before !== null) tx.delete(keys.personalAt(userId, list, before.at, conversationId));
  tx.set(keys.personal(conversationId, list, userId), { at }, options);
  tx.set(keys.personalAt(userId, list, at, conversationId), true, options);
}

/** The same, but what is in the list stays where it is. */
export async function addPersonal(tx: Tx, place: PersonalPlace, at: number): Promise<void> {
  if (!await isInPersonal(tx, place)) await putPersonal(tx, place, at);
}

/** Takes a conversation out of somebody's list. Adds no check to the commit. */
export async function removePersonal(tx: Tx, place: PersonalPlace): Promise<void> {
  const { userId, list, conversationId } = place;
  const before = await tx.read(keys.personal(conversationId, list, userId));
  if (before === null) return;
  tx.delete(keys.personal(conversationId, list, userId));
  tx.delete(keys.personalAt(userId, list, before.at, conversationId));
  if (list === "mentions") tx.delete(keys.mentionNews(userId, conversationId));
}

export async function isInPersonal(
  tx: Pick<Tx, "read">,
  { userId, list, conversationId }: PersonalPlace,
): Promise<boolean> {
  return await tx.read(keys.personal(conversationId, list, userId)) !== null;
}

/** Somebody has read a conversation up to a place: a mention up to there is no news any more. */
export async function clearMention(
  tx: Pick<Tx, "read" | "delete">,
  { userId, conversationId, upTo }: {
    readonly userId: string;
    readonly conversationId: string;
    readonly upTo: number;
  },
): Promise<void> {
  const key = keys.mentionNews(userId, conversationId);
  const news = await tx.read(key);
  if (news !== null && news.seq <= upTo) tx.delete(key);
}

/** Drafts move with what they hold: see `moveDrafts`. */
const MOVING: readonly PersonalList[] = ["mentions", "following", "sent", "scheduled"];

/**
 * Moves up to `limit` entries of a conversation to another one; who is in the other's list already stays there at the
 * later time, with scheduled replies at the earlier one.
 * @returns how many there were: fewer than `limit` when nothing is left
 */
export async function movePersonal(
  tx: Tx,
  conversationId: string,
  { intoId, limit }: { readonly intoId: string; readonly limit: number },
): Promise<number> {
  let count = 0;
  for (const list of MOVING) {
    const range = keys.personalIn(conversationId, list);
    if (count === limit) break;
    for await (const { path, value } of tx.list(range, { limit: limit - count })) {
      count++;
      const userId = String(path.at(-1));
      const there = await tx.read(keys.personal(intoId, list, userId));
      const both = [value.at, there?.at ?? value.at];
      const at = list === "scheduled" ? Math.min(...both) : Math.max(...both);
      await putPersonal(tx, { userId, list, conversationId: intoId }, at);
      const isNew = list === "mentions" &&
        await tx.read(keys.mentionNews(userId, conversationId)) !== null;
      // Its place there is not known here: whoever reads anything of it has seen it.
      if (isNew) tx.set(keys.mentionNews(userId, intoId), { seq: 0, toldSeq: 0 });
      await removePersonal(tx, { userId, list, conversationId });
    }
  }
  return count;
}

/**
 * Takes up to `limit` entries of a conversation out of everybody's lists.
 * @returns how many there were: fewer than `limit` when nothing is left
 */
export async function dropPersonal(
  tx: Tx,
  conversationId: string,
  limit: number,
): Promise<number> {
  let count = 0;
  for await (const { path } of tx.list(keys.personalOf(conversationId), { limit })) {
    count++;
    // As `keys.personal` has them.
    const list = path[2] as PersonalList;
    await removePersonal(tx, { userId: String(path[3]), list, conversationId });
  }
  return count;
}
