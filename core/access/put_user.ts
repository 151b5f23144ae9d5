import type { Role, User } from "../model/user.ts";
import { keys, type Tx } from "../store/mod.ts";
import type { CredentialRecord } from "../store/mod.ts";

/** A user as made for the first time. */
export interface NewUser {
  readonly id: string;
  readonly name: string;
  /** Normalised. */
  readonly email: string;
  readonly role: Role;
  readonly passwordHash: string;
}

/** Adds an active user with a password. Null when the address is taken. */
export async function putUser(
  tx: Tx,
  { passwordHash, ...fields }: NewUser,
): Promise<{ readonly user: User; readonly credential: CredentialRecord } | null> {
  if (await tx.get(keys.userByEmail(fields.email)) !== null) return null;
  const user: User = {
    ...fields,
    active: true,
    availability: "available",
    meetingLink: null,
    avatarAttachmentId: null,
    createdAt: tx.now,
    updatedAt: tx.now,
  };
  const credential = { hash: passwordHash, changedAt: tx.now };
  tx.set(keys.user(user.id), user);
  tx.set(keys.userByEmail(user.email), user.id);
  tx.set(keys.credential(user.id), credential);
  return { user, credential };
}
