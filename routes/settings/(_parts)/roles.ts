import { Role } from "@/core/model/user.ts";

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: "Owner",
  admin: "Admin",
  agent: "Agent",
  viewer: "Viewer",
};

/** What each role may do, in one line. */
export const ROLE_HINTS: Readonly<Record<Role, string>> = {
  owner: "Everything, other owners included.",
  admin: "Everything but changing owners.",
  agent: "Reads and answers in the inboxes they belong to.",
  viewer: "Reads in the inboxes they belong to.",
};

/** A role from a form; what it does not know is the least one that is useful. */
export function toRole(text: string): Role {
  const parsed = Role.safeParse(text);
  return parsed.success ? parsed.data : "viewer";
}
