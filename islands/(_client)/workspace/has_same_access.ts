import type { ApiMe } from "../../../core/model/api.ts";
import { membersOf } from "../../../core/model/members_of.ts";
import type { WorkspaceData } from "./workspace_data.ts";

/** Whether the reader still has the role and the memberships the page was made for. */
export function hasSameAccess(
  { me, inboxes, teams }: Pick<WorkspaceData, "me" | "inboxes" | "teams">,
  now: Pick<ApiMe, "role" | "inboxIds">,
): boolean {
  const before = inboxes.filter((inbox) => membersOf(inbox, teams).has(me.id)).map(({ id }) => id);
  return me.role === now.role && before.length === now.inboxIds.length &&
    before.every((id) => now.inboxIds.includes(id));
}
