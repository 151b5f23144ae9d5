import { type CoreError, invalid } from "../errors.ts";
import type { User } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import type { AccessContext } from "./context.ts";
import { PasswordChange, ProfilePatch } from "./inputs.ts";
import { parseInput } from "./parse_input.ts";
import { actorOf, type Principal } from "./principal.ts";
import { putCredential } from "./put_credential.ts";
import { ACCESS_QUEUE } from "./take_turn.ts";

const GUESSES = { name: "change_password", max: 10, windowMs: 15 * 60 * 1_000 } as const;
const AVATAR_TYPES: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const MAX_AVATAR_BYTES = 2 * 1024 * 1024;

/** What users do to themselves. API tokens have no self: `forbidden`. */
export interface Profile {
  /** Errors: invalid, forbidden. */
  updateProfile(principal: Principal, patch: ProfilePatch): Promise<Result<User, CoreError>>;
  /** Ends all other sessions. Errors: invalid (also a wrong current password), forbidden, rate_limited. */
  changePassword(principal: Principal, input: PasswordChange): Promise<Result<null, CoreError>>;
}

export function createProfile({ store, passwords, rates, sessions }: AccessContext): Profile {
  return {
    async updateProfile(principal, input) {
      if (principal.type !== "user") return err({ code: "forbidden" });
      const parsed = parseInput(ProfilePatch, input);
      if (!parsed.ok) return parsed;
      const { name, meetingLink, availability, avatarAttachmentId, signature, notifications } =
        parsed.value;
      return await transact(store, async (tx): Promise<Result<User, CoreError>> => {
        const before = await tx.get(keys.user(principal.user.id));
        if (!before?.active) return err({ code: "unauthenticated" });
        const { signature: oldSignature, ...rest } = before;
        const newSignature = signature === undefined ? oldSignature : signature ?? undefined;
        const after: User = {
          ...rest,
          ...newSignature === undefined ? {} : { signature: newSignature },
          ...notifications === undefined ? {} : { notifications },
          name: name ?? before.name,
          meetingLink: meetingLink === undefined ? before.meetingLink : meetingLink,
          availability: availability ?? before.availability,
          avatarAttachmentId: avatarAttachmentId === undefined
            ? before.avatarAttachmentId
            : avatarAttachmentId,
          updatedAt: tx.now,
        };
        const error = await changeAvatar(tx, before, after);
        if (error) return err(error);
        tx.set(keys.user(after.id), after);
        // Not access.changed: that would end this user's streams.
        tx.emit({ type: "settings.changed", actor: actorOf(principal), userId: after.id });
        return ok(after);
      }, { queue: `user_${principal.user.id}` });
    },

    async changePassword(principal, input) {
      if (principal.type !== "user") return err({ code: "forbidden" });
      const parsed = parseInput(PasswordChange, input);
      if (!parsed.ok) return parsed;
      const { user, sessionHash } = principal;
      const buckets = [{ ...GUESSES, subject: user.id }];
      const taken = await rates.take(buckets);
      if (!taken.ok) return taken;
      const known = await store.get(keys.credential(user.id));
      if (!await passwords.verify(parsed.value.current, known?.hash ?? null)) {
        return err(invalid("current", "is not your password"));
      }
      await rates.giveBack(buckets);
      const hash = await passwords.hash(parsed.value.next);
      return await transact(store, async (tx): Promise<Result<null, CoreError>> => {
        const credential = await tx.get(keys.credential(user.id));
        // Changed meanwhile: what was proven no longer holds.
        if (credential?.changedAt !== known?.changedAt) return err({ code: "unauthenticated" });
        await putCredential(tx, sessions, { userId: user.id, hash, except: sessionHash });
        tx.emit({ type: "access.changed", actor: actorOf(principal), userId: user.id });
        return ok(null);
      }, ACCESS_QUEUE);
    },
  };
}

/** Takes over the new picture and deletes the old one. */
async function changeAvatar(tx: Tx, before: User, after: User): Promise<CoreError | null> {
  const [oldId, newId] = [before.avatarAttachmentId, after.avatarAttachmentId];
  if (oldId === newId) return null;
  if (newId !== null) {
    const file = await tx.get(keys.attachment(newId));
    const isOwn = file?.owner.kind === "upload" && file.owner.by === `user:${after.id}`;
    if (!file || !isOwn) return invalid("avatarAttachmentId", "is not a file you uploaded");
    if (!AVATAR_TYPES.includes(file.type)) {
      return invalid("avatarAttachmentId", "needs a PNG, JPEG, GIF or WebP image");
    }
    if (file.size > MAX_AVATAR_BYTES) {
      return invalid("avatarAttachmentId", "takes 2 MB at most");
    }
    tx.adopt(file.blob);
    tx.set(keys.attachment(newId), { ...file, owner: { kind: "avatar", userId: after.id } });
  }
  const old = oldId === null ? null : await tx.get(keys.attachment(oldId));
  if (old?.owner.kind === "avatar" && old.owner.userId === after.id) {
    tx.delete(keys.attachment(old.id));
    tx.dropBlob(old.blob.id);
  }
  return null;
}
