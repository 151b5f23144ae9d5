import { can, type Principal } from "../access/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import type { Sharing } from "../model/sharing.ts";
import type { TeamMembers } from "./may_see.ts";

/** Whom something is shared with unless its author says: nobody; a token's with everybody, as it could not use it. */
export function defaultSharing(principal: Principal): Sharing {
  return { kind: principal.type === "user" ? "private" : "everyone" };
}

/** What is wrong with whom the caller would share something with; null when nothing is. Pure. */
export function checkSharing(
  principal: Principal,
  teams: readonly TeamMembers[],
  sharing: Sharing,
): CoreError | null {
  if (sharing.kind === "private") {
    return principal.type === "user"
      ? null
      : invalid("sharing", "cannot be private: a token is nobody who could use it");
  }
  if (sharing.kind === "everyone") return null;
  const team = teams.find(({ id }) => id === sharing.teamId);
  const isMember = principal.type === "user" && team?.memberIds.includes(principal.user.id);
  return team !== undefined && (isMember || can(principal, "workspace.manage"))
    ? null
    : invalid("sharing.teamId", "is not a team of yours");
}
