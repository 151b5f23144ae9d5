import { z } from "zod";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { User } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { can, mayChangeRole } from "./can.ts";
import type { AccessContext } from "./context.ts";
import { normalizeEmail } from "./email_address.ts";
import { PasswordInput, UserInput, UserPatch } from "./inputs.ts";
import { joinInboxes } from "./join_inboxes.ts";
import { LINK_MS, linkUrl, makeLink, putLink } from "./links.ts";
import { parseInput } from "./parse_input.ts";
import { actorOf, type Principal, roleOf } from "./principal.ts";
import { putCredential } from "./put_credential.ts";
import { putUser } from "./put_user.ts";
import { ACCESS_QUEUE, takeTurn } from "./take_turn.ts";

export interface Users {
  /** Everybody, by name; colleagues are no secret inside a workspace. */
  users(principal: Principal): Promise<Result<readonly User[], CoreError>>;
  /** Errors: not_found. */
  user(principal: Principal, id: string): Promise<Result<User, CoreError>>;
  userByEmail(principal: Principal, email: string): Promise<Result<User, CoreError>>;
  /** Makes a user with a password, without an invitation. Errors: invalid, forbidden, conflict. */
  createUser(
    principal: Principal,
    input: UserInput & { readonly inboxIds?: readonly string[] },
    options?: Once,
  ): Promise<Result<User, CoreError>>;
  /**
   * Changes name, role or whether they may sign in. A changed role or activity ends their streams, deactivation
   * their sessions. Errors: invalid, forbidden, not_found, conflict (the last owner, oneself).
   */
  updateUser(principal: Principal, id: string, patch: UserPatch): Promise<Result<User, CoreError>>;
  deactivateUser(principal: Principal, id: string): Promise<Result<User, CoreError>>;
  /** Sets somebody's password and ends their sessions; owners only. Errors: invalid, forbidden, not_found. */
  setPassword(
    principal: Principal,
    id: string,
    password: string,
  ): Promise<Result<null, CoreError>>;
  /** An address that signs a user in for a day; owners only. Errors: forbidden, not_found. */
  createSignInLink(principal: Principal, userId: string): Promise<Result<string, CoreError>>;
}

export function createUsers(context: AccessContext): Users {
  const { store, ports, config, passwords, sessions, inboxes } = context;

  async function findUser(id: string | null): Promise<Result<User, CoreError>> {
    const user = id === null ? null : await store.get(keys.user(id));
    return user === null ? err(notFound("user")) : ok(user);
  }

  async function update(
    principal: Principal,
    id: string,
    input: UserPatch,
  ): Promise<Result<User, CoreError>> {
    if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
    const parsed = parseInput(UserPatch, input);
    if (!parsed.ok) return parsed;
    const { name, role, active } = parsed.value;
    return await transact(store, async (tx): Promise<Result<User, CoreError>> => {
      const before = await tx.get(keys.user(id));
      if (before === null) return err(notFound("user"));
      const after: User = {
        ...before,
        name: name ?? before.name,
        role: role ?? before.role,
        active: active ?? before.active,
        updatedAt: tx.now,
      };
      const refusal = await refuseChange(tx, principal, before, after);
      if (refusal) return err(refusal);
      tx.set(keys.user(id), after);
      if (before.active && !after.active) {
        await putCredential(tx, sessions, { userId: id, hash: null });
      }
      tx.emit({ type: "access.changed", actor: actorOf(principal), userId: id });
      return ok(after);
    }, ACCESS_QUEUE);
  }

  return {
    async users() {
      const users: User[] = [];
      for await (const { value } of store.list(keys.users())) users.push(value);
      return ok(users.sort((a, b) => a.name.localeCompare(b.name, "en")));
    },

    user: (_principal, id) => findUser(id),

    async userByEmail(_principal, email) {
      return await findUser(await store.get(keys.userByEmail(normalizeEmail(email))));
    },

    async createUser(principal, { inboxIds = [], ...input }, options = {}) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      const parsed = parseInput(UserInput, input);
      if (!parsed.ok) return parsed;
      const { password, ...fields } = parsed.value;
      if (!mayChangeRole(roleOf(principal), fields.role)) return err({ code: "forbidden" });
      const passwordHash = await passwords.hash(password);
      const id = ports.ids.next("usr");
      const work = (tx: Tx) => async (): Promise<Result<User, CoreError>> => {
        for (const [i, inboxId] of inboxIds.entries()) {
          if (await tx.read(keys.inbox(inboxId)) === null) {
            return err(invalid(`inboxIds.${i}`, "is not an inbox"));
          }
        }
        const made = await putUser(tx, { id, ...fields, passwordHash });
        if (made === null) {
          return err({ code: "conflict", message: `${fields.email} already has an account` });
        }
        await joinInboxes(tx, id, inboxIds);
        tx.emit({ type: "access.changed", actor: actorOf(principal), userId: id });
        return ok(made.user);
      };
      const done = await transact(store, (tx) => once(tx, options, work(tx)), ACCESS_QUEUE);
      inboxes.forget();
      return done;
    },

    updateUser: update,

    deactivateUser: (principal, id) => update(principal, id, { active: false }),

    async setPassword(principal, id, password) {
      if (roleOf(principal) !== "owner") return err({ code: "forbidden" });
      const parsed = parseInput(z.object({ password: PasswordInput }), { password });
      if (!parsed.ok) return parsed;
      const hash = await passwords.hash(password);
      return await transact(store, async (tx): Promise<Result<null, CoreError>> => {
        if (await tx.get(keys.user(id)) === null) return err(notFound("user"));
        await putCredential(tx, sessions, { userId: id, hash });
        tx.emit({ type: "access.changed", actor: actorOf(principal), userId: id });
        return ok(null);
      }, ACCESS_QUEUE);
    },

    async createSignInLink(principal, userId) {
      if (roleOf(principal) !== "owner") return err({ code: "forbidden" });
      const link = makeLink(ports.random);
      return await transact(store, async (tx): Promise<Result<string, CoreError>> => {
        if (!(await tx.get(keys.user(userId)))?.active) return err(notFound("user"));
        putLink(tx, link, { kind: "sign_in", userId, expiresAt: tx.now + LINK_MS.sign_in });
        return ok(linkUrl(config, "sign_in", link.token));
      });
    },
  };
}

/** Why a change is refused, or null. An owner less is counted so that two at once cannot be the last two. */
async function refuseChange(
  tx: Tx,
  principal: Principal,
  before: User,
  after: User,
): Promise<CoreError | null> {
  const role = roleOf(principal);
  if (!mayChangeRole(role, before.role) || !mayChangeRole(role, after.role)) {
    return { code: "forbidden" };
  }
  const isSelf = principal.type === "user" && principal.user.id === before.id;
  if (isSelf && !after.active) {
    return { code: "conflict", message: "You cannot deactivate yourself" };
  }
  const isLoss = isActiveOwner(before) && !isActiveOwner(after);
  if (!isLoss) return null;
  await takeTurn(tx, "owners");
  for await (const { value } of tx.list(keys.users())) {
    if (value.id !== before.id && isActiveOwner(value)) return null;
  }
  return {
    code: "conflict",
    message: "There must be an active owner: make somebody else one first",
  };
}

function isActiveOwner(user: User): boolean {
  return user.active && user.role === "owner";
}
