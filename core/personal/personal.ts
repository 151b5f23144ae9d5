import { can, type Principal } from "../access/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import { err, ok, type Result } from "../result.ts";
import { BadCursorError, type Entry, keys, type PersonalList, type Store } from "../store/mod.ts";
import { type Followers, readFollowers, setFollowing } from "./follow.ts";

/** Conversations of a list of one's own, and where to go on. */
export interface PersonalPage {
  readonly items: readonly Conversation[];
  readonly next: string | null;
}

/** The lists of the caller's own. A token has none: they are empty. */
export interface Personal {
  /**
   * Newest entry first; scheduled replies: the next one first. Without what the caller may not read (any more), and
   * without spam and trash. A page may be short, even empty, and still have a next one.
   * @param page `limit` 1–100, default 50. Errors: invalid (`cursor`)
   */
  list(
    principal: Principal,
    list: PersonalList,
    page: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  ): Promise<Result<PersonalPage, CoreError>>;
  /** How many there are, 100 at most; of mentions only those in what was not read since. */
  count(principal: Principal, list: PersonalList): Promise<number>;
  /** Who follows a conversation. Errors: not_found. */
  followers(principal: Principal, id: string): Promise<Result<Followers, CoreError>>;
  /** Follows it, or no longer. Errors: not_found, forbidden for a token, conflict for one that was merged. */
  follow(
    principal: Principal,
    id: string,
    isFollowing: boolean,
  ): Promise<Result<Followers, CoreError>>;
}

/** How many entries that are not shown one page passes before it ends short. */
const MAX_ROUNDS = 20;
const MAX_COUNT = 100;

/** Personal lists over the store. */
export function createPersonal(store: Store): Personal {
  return {
    async list(principal, list, { limit = 50, cursor }) {
      if (principal.type !== "user") return ok({ items: [], next: null });
      const range = keys.personalList(principal.user.id, list);
      const size = Math.min(Math.max(limit, 1), 100);
      const items: Conversation[] = [];
      let next = cursor ?? null;
      for (let round = 0; round < MAX_ROUNDS && items.length < size; round++) {
        const page = await pageAt(size - items.length, next);
        if (page === null) return err(invalid("cursor", "is not a cursor of this list"));
        items.push(...await shown(store, principal, list, page.items));
        next = page.next;
        if (next === null) break;
      }
      return ok({ items, next });

      async function pageAt(limit: number, cursor: string | null) {
        const reverse = list !== "scheduled";
        try {
          return await store.listPage(range, { limit, reverse, ...cursor && { cursor } });
        } catch (error) {
          if (error instanceof BadCursorError) return null;
          throw error;
        }
      }
    },

    async count(principal, list) {
      if (principal.type !== "user") return 0;
      const userId = principal.user.id;
      const limit = { limit: MAX_COUNT };
      if (list !== "mentions") {
        const entries = await Array.fromAsync(store.list(keys.personalList(userId, list), limit));
        return (await shown(store, principal, list, entries)).length;
      }
      const news = await Array.fromAsync(store.list(keys.allMentionNews(userId), limit));
      const ids = news.map(({ path }) => String(path.at(-1)));
      const [rows, records] = await Promise.all([
        store.getMany(ids.map((id) => keys.conversation(id))),
        store.getMany(ids.map((id) => keys.personal(id, list, userId))),
      ]);
      return rows.filter((row, i) => records[i] != null && isShown(principal, row)).length;
    },

    followers: (principal, id) => readFollowers(store, principal, id),
    follow: (principal, id, isFollowing) => setFollowing(store, principal, id, isFollowing),
  };
}

/** Of some entries of a stored order, the conversations that are to be shown. */
async function shown(
  store: Pick<Store, "getMany">,
  principal: Principal & { readonly type: "user" },
  list: PersonalList,
  entries: readonly Entry<true>[],
): Promise<readonly Conversation[]> {
  const places = entries.map(({ path }) => ({ at: path.at(-2), id: String(path.at(-1)) }));
  const [records, rows] = await Promise.all([
    store.getMany(places.map(({ id }) => keys.personal(id, list, principal.user.id))),
    store.getMany(places.map(({ id }) => keys.conversation(id))),
  ]);
  return rows.filter((row, i) => records[i]?.at === places[i]?.at && isShown(principal, row))
    .filter((row) => row !== null);
}

/** What was merged is shown by the other one, once its entries have moved there. */
function isShown(principal: Principal, row: Conversation | null): boolean {
  return row !== null && row.mergedIntoId === undefined && row.status !== "spam" &&
    row.status !== "trash" && can(principal, "conversation.read", { inboxId: row.inboxId });
}
