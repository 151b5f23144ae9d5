import type { Actor } from "../model/change.ts";
import type { Role, User } from "../model/user.ts";

/** Who asks. Every query and command of the core takes it first. */
export type Principal =
  | {
    readonly type: "user";
    readonly user: User;
    /** Inboxes this user works in, by themselves or by a team. */
    readonly inboxIds: ReadonlySet<string>;
    readonly sessionHash: string;
  }
  /** An API token has its role's rights in every inbox. */
  | { readonly type: "token"; readonly id: string; readonly name: string; readonly role: Role };

/** The role whose rights the caller has. */
export function roleOf(principal: Principal): Role {
  return principal.type === "user" ? principal.user.role : principal.role;
}

/** The caller as the change log names it. */
export function actorOf(principal: Principal): Actor {
  return principal.type === "user"
    ? { type: "user", id: principal.user.id, name: principal.user.name }
    : { type: "token", id: principal.id, name: principal.name };
}
