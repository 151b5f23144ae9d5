import { can, type Principal } from "../access/mod.ts";
import type { Sharing } from "../model/sharing.ts";

/** Something made by somebody, for themselves or others. */
export interface Shared {
  readonly sharing: Sharing;
  /** Null: an API token made it. */
  readonly ownerId: string | null;
}

/** A team as far as rights go. */
export interface TeamMembers {
  readonly id: string;
  readonly memberIds: readonly string[];
}

/** Whose it is, their team, everybody; who manages the workspace sees all that is not somebody's own. Pure. */
export function maySee(
  principal: Principal,
  teams: readonly TeamMembers[],
  { sharing, ownerId }: Shared,
): boolean {
  const userId = principal.type === "user" ? principal.user.id : null;
  if (userId !== null && userId === ownerId) return true;
  switch (sharing.kind) {
    case "private":
      return false;
    case "everyone":
      return true;
    case "team": {
      if (can(principal, "workspace.manage")) return true;
      const team = teams.find(({ id }) => id === sharing.teamId);
      return userId !== null && team?.memberIds.includes(userId) === true;
    }
  }
}

/** Whose it is, and who manages the workspace where it is not somebody's own. Viewers change nothing. Pure. */
export function mayChange(principal: Principal, { sharing, ownerId }: Shared): boolean {
  if (!can(principal, "snippet.write")) return false;
  if (principal.type === "user" && principal.user.id === ownerId) return true;
  return sharing.kind !== "private" && can(principal, "workspace.manage");
}
