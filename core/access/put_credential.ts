import { keys, type Tx } from "../store/mod.ts";
import type { CredentialRecord } from "../store/mod.ts";
import { dropLinks } from "./links.ts";
import type { Sessions } from "./sessions.ts";

/**
 * Gives a user another password, or with `hash` null makes the old one count as new: either way every session
 * ends and no reset link works any more. `except` names a session that lives on.
 */
export async function putCredential(
  tx: Tx,
  sessions: Sessions,
  change: { readonly userId: string; readonly hash: string | null; readonly except?: string },
): Promise<void> {
  const { userId, hash, except } = change;
  const before = await tx.get(keys.credential(userId));
  if (before === null && hash === null) return;
  const credential: CredentialRecord = {
    hash: hash ?? before?.hash ?? "",
    changedAt: Math.max(tx.now, (before?.changedAt ?? 0) + 1),
  };
  tx.set(keys.credential(userId), credential);
  await sessions.endAll(tx, userId, except === undefined ? {} : { except });
  await dropLinks(
    tx,
    (link) => (link.kind === "reset" || link.kind === "sign_in") && link.userId === userId,
  );
  const kept = except === undefined ? null : await tx.get(keys.session(except));
  if (except === undefined || kept === null) return;
  tx.set(keys.session(except), { ...kept, credentialAt: credential.changedAt }, {
    expireInMs: Math.max(1, kept.expiresAt - tx.now),
  });
}
