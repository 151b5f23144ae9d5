import { type Principal, roleOf } from "../access/mod.ts";

/** Whether two views of one caller may do the same. */
export function hasSameRights(a: Principal, b: Principal): boolean {
  if (roleOf(a) !== roleOf(b)) return false;
  if (a.type === "token" || b.type === "token") return a.type === b.type;
  return a.user.active === b.user.active &&
    a.inboxIds.size === b.inboxIds.size &&
    a.inboxIds.isSubsetOf(b.inboxIds);
}
