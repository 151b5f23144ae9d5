import { can, type Principal } from "../access/mod.ts";
import { type CoreError, notFound } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Reader, type Store, transact, type Tx } from "../store/mod.ts";
import { addPersonal, removePersonal } from "./put_personal.ts";

/** Who follows a conversation, as the caller sees it. */
export interface Followers {
  readonly isFollowing: boolean;
  /** Ids of users, longest first. */
  readonly userIds: readonly string[];
}

/** Who follows, of those who may still read it by the caller's knowledge. Errors: not_found. */
export async function readFollowers(
  store: Pick<Store, "get" | "list">,
  principal: Principal,
  id: string,
): Promise<Result<Followers, CoreError>> {
  const found = await store.get(keys.conversation(id));
  if (found === null || !can(principal, "conversation.read", found)) {
    return err(notFound("conversation"));
  }
  const userIds = await followersOf(store, id);
  return ok({
    isFollowing: principal.type === "user" && userIds.includes(principal.user.id),
    userIds,
  });
}

/**
 * Lets the caller follow a conversation, or not any more; asked for twice it is the same. Errors: not_found, forbidden
 * for a token, conflict for one that was merged.
 */
export async function setFollowing(
  store: Store,
  principal: Principal,
  id: string,
  isFollowing: boolean,
): Promise<Result<Followers, CoreError>> {
  const done = await transact(store, async (tx): Promise<Result<Conversation, CoreError>> => {
    const found = await tx.get(keys.conversation(id));
    if (found === null || !can(principal, "conversation.read", found)) {
      return err(notFound("conversation"));
    }
    if (principal.type !== "user") return err({ code: "forbidden" });
    if (found.mergedIntoId !== undefined) {
      return err({ code: "conflict", message: "It is part of another conversation by now" });
    }
    const place = { userId: principal.user.id, list: "following", conversationId: id } as const;
    if (isFollowing) await addPersonal(tx, place, tx.now);
    else await removePersonal(tx, place);
    return ok(found);
  }, { queue: id });
  return done.ok ? await readFollowers(store, principal, id) : done;
}

/** Ids of those who follow a conversation, longest first. */
export async function followersOf(
  reader: Pick<Reader, "list"> | Pick<Tx, "list">,
  conversationId: string,
): Promise<readonly string[]> {
  const range = keys.personalIn(conversationId, "following");
  const entries = await Array.fromAsync(reader.list(range));
  return entries.sort((a, b) => a.value.at - b.value.at).map(({ path }) => String(path.at(-1)));
}
