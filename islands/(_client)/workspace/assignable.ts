import type { ApiInbox } from "../../../core/model/api.ts";
import type { Teammate } from "./workspace_data.ts";

/** Who can be given a conversation of an inbox: the reader first, then by name. The server's rule. */
export function assignablePeople(
  people: readonly Teammate[],
  inbox: Pick<ApiInbox, "memberIds"> | undefined,
  me: string,
): readonly Teammate[] {
  const worksHere = ({ id, role, active }: Teammate) =>
    active && (role === "owner" || role === "admin" ||
      (role === "agent" && (inbox?.memberIds.includes(id) ?? false)));
  return people.filter(worksHere).toSorted((a, b) =>
    Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name)
  );
}
