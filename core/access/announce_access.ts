import type { Actor } from "../model/change.ts";
import type { Tx } from "../store/mod.ts";

/** Beyond so many it is shorter to have everybody's rights looked at again: an entry of the log has a limit. */
const MAX_NAMED = 100;

/** Tells the streams of these people that their rights may be others now. */
export function announceAccess(
  tx: Pick<Tx, "emit">,
  actor: Actor,
  userIds: Iterable<string>,
  inboxId?: string,
): void {
  const ids = new Set(userIds);
  const where = inboxId === undefined ? {} : { inboxId };
  if (ids.size > MAX_NAMED) {
    tx.emit({ type: "access.changed", actor, ...where });
    return;
  }
  for (const userId of ids) tx.emit({ type: "access.changed", actor, userId, ...where });
}
