import { can, type Principal, roleOf } from "../access/mod.ts";
import type { View, ViewSharing } from "../model/view.ts";

type Shared = Pick<View, "ownerId" | "sharing">;

/** Whether a view is the caller's to look at: their own, shared with everyone, or with a team of theirs. */
export function canSeeView(
  principal: Principal,
  { ownerId, sharing }: Shared,
  teamIds: ReadonlySet<string>,
): boolean {
  if (isOwn(principal, ownerId)) return true;
  switch (sharing.kind) {
    case "private":
      return false;
    case "team":
      return teamIds.has(sharing.teamId) || can(principal, "workspace.manage");
    case "everyone":
      return true;
  }
  return sharing satisfies never;
}

/** Whether the caller may change a view they see: their own, and what is shared when they manage the workspace. */
export function canChangeView(principal: Principal, { ownerId }: Shared): boolean {
  return isOwn(principal, ownerId) || can(principal, "workspace.manage");
}

/** Whether the caller may have a view that is shared so: viewers show others nothing. */
export function canShareView(
  principal: Principal,
  sharing: ViewSharing,
  teamIds: ReadonlySet<string>,
): boolean {
  switch (sharing.kind) {
    case "private":
      return principal.type === "user";
    case "team":
      return roleOf(principal) !== "viewer" &&
        teamIds.has(sharing.teamId);
    case "everyone":
      return roleOf(principal) !== "viewer";
  }
  return sharing satisfies never;
}

function isOwn(principal: Principal, ownerId: string | null): boolean {
  return principal.type === "user" && principal.user.id === ownerId;
}
