import { keys, type Tx } from "../store/mod.ts";
import { takeTurn } from "./take_turn.ts";

/** Adds a user to inboxes; one that is gone meanwhile is left out. */
export async function joinInboxes(
  tx: Tx,
  userId: string,
  inboxIds: readonly string[],
): Promise<void> {
  if (inboxIds.length === 0) return;
  await takeTurn(tx, "inboxes");
  for (const inboxId of inboxIds) {
    const inbox = await tx.read(keys.inbox(inboxId));
    if (inbox === null || inbox.memberIds.includes(userId)) continue;
    const memberIds = [...inbox.memberIds, userId];
    tx.set(keys.inbox(inboxId), { ...inbox, memberIds, updatedAt: tx.now });
  }
}
