import type { ApiMe } from "../../../core/model/api.ts";
import type { WorkspaceData } from "./workspace_data.ts";

/** Whether the reader still has the role and the memberships the page was made for. */
export function hasSameAccess(
  { me, inboxes }: Pick<WorkspaceData, "me" | "inboxes">,
  now: Pick<ApiMe, "role" | "inboxIds">,
): boolean {
  const before = inboxes.filter(({ memberIds }) => memberIds.includes(me.id)).map(({ id }) => id);
  return me.role === now.role && before.length === now.inboxIds.length &&
    before.every((id) => now.inboxIds.includes(id));
}
