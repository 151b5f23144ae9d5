import { keys, type Reader, type Tx } from "../store/mod.ts";
import { readWorkplaces } from "./inbox_members.ts";
import type { Principal } from "./principal.ts";

/**
 * Somebody of the team as a caller without a session, with the rights they have now: for what they do or are told
 * outside of the app. Null when they are gone or deactivated.
 */
export async function principalOfUser(
  reader: Pick<Reader, "get" | "list"> | Pick<Tx, "get" | "list">,
  userId: string,
): Promise<Principal & { readonly type: "user" } | null> {
  const user = await reader.get(keys.user(userId));
  if (!user?.active) return null;
  const inboxIds = new Set<string>();
  for (const { id, memberIds } of await readWorkplaces(reader)) {
    if (memberIds.has(userId)) inboxIds.add(id);
  }
  return { type: "user", user, inboxIds, sessionHash: "" };
}
