import type { Inbox } from "./inbox.ts";
import type { Team } from "./team.ts";

/** Who works in an inbox: its own members, and those of its teams. Pure; a team that is gone has nobody. */
export function membersOf(
  { memberIds, teamIds }: Pick<Inbox, "memberIds" | "teamIds">,
  teams: readonly Pick<Team, "id" | "memberIds">[],
): ReadonlySet<string> {
  const ofTeams = teams.filter(({ id }) => teamIds.includes(id)).flatMap((team) => team.memberIds);
  return new Set([...memberIds, ...ofTeams]);
}
