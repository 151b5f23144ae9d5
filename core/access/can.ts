import type { Role } from "../model/user.ts";
import { type Principal, roleOf } from "./principal.ts";

/** Everything that needs a right. */
export type Action =
  /** Users, invitations, API tokens, the workspace's name. */
  | "workspace.manage"
  | "inbox.manage"
  | "channel.manage"
  | "inbox.read"
  | "conversation.read"
  /** Reply, comment, assign, change the status. */
  | "conversation.write"
  /** Make a tag; using one is a change of the conversation. */
  | "tag.create"
  | "contact.read"
  | "contact.write"
  /** Make snippets and macros, and change one's own. */
  | "snippet.write"
  | "journal.read"
  | "audit.read"
  | "metrics.read";

/** Where it is to be done. Actions inside an inbox are refused to agents and viewers without it. */
export interface Scope {
  readonly inboxId?: string;
}

/**
 * The one rule about rights: owners and admins may do everything everywhere, agents read and write and
 * viewers read in the inboxes they are members of, API tokens have their role's rights in every inbox.
 * Which roles somebody may give or take is {@link mayChangeRole}.
 */
export function can(principal: Principal, action: Action, scope: Scope = {}): boolean {
  if (principal.type === "user" && !principal.user.active) return false;
  const role = roleOf(principal);
  if (role === "owner" || role === "admin") return true;
  switch (action) {
    case "inbox.read":
    case "conversation.read":
      return isInside(principal, scope);
    case "conversation.write":
      return role === "agent" && isInside(principal, scope);
    case "contact.read":
      return true;
    case "contact.write":
    case "snippet.write":
    case "tag.create":
      return role === "agent";
    case "workspace.manage":
    case "inbox.manage":
    case "channel.manage":
    case "journal.read":
    case "audit.read":
    case "metrics.read":
      return false;
  }
  return action satisfies never;
}

/**
 * Whether somebody with `role` may give, take or touch the role `target`: who manages the workspace may, but
 * owners are changed and made by owners only.
 */
export function mayChangeRole(role: Role, target: Role): boolean {
  return role === "owner" || (role === "admin" && target !== "owner");
}

function isInside(principal: Principal, { inboxId }: Scope): boolean {
  if (principal.type === "token") return true;
  return inboxId !== undefined && principal.inboxIds.has(inboxId);
}
