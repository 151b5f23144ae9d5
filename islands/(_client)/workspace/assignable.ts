import type { ApiInbox } from "../../../core/model/api.ts";
import { membersOf } from "../../../core/model/members_of.ts";
import type { Teammate, WorkspaceData } from "./workspace_data.ts";

/** Who can be given a conversation of an inbox: the reader first, then by name. The server's rule. */
export function assignablePeople(
  { people, teams }: Pick<WorkspaceData, "people" | "teams">,
  inbox: Pick<ApiInbox, "memberIds" | "teamIds"> | undefined,
  me: string,
): readonly Teammate[] {
  const members = inbox === undefined ? new Set() : membersOf(inbox, teams);
  const worksHere = ({ id, role, active }: Teammate) =>
    active && (role === "owner" || role === "admin" ||
      (role === "agent" && members.has(id)));
  return people.filter(worksHere).toSorted((a, b) =>
    Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name)
  );
}

/** Which teams can be given a conversation of an inbox: those somebody of works there. The server's rule. */
export function assignableTeams(
  data: Pick<WorkspaceData, "people" | "teams">,
  inbox: Pick<ApiInbox, "memberIds" | "teamIds"> | undefined,
): WorkspaceData["teams"] {
  const workers = new Set(assignablePeople(data, inbox, "").map(({ id }) => id));
  return data.teams.filter(({ memberIds }) => memberIds.some((id) => workers.has(id)));
}
