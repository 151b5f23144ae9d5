import type { Person } from "../recipients.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

const OFFERED = 6;

/** Contacts with an address, for a few letters. */
export async function findPeople(
  { ports }: Pick<WorkspaceModel, "ports">,
  query: string,
): Promise<readonly Person[]> {
  const answer = await ports.api.findContacts(query, OFFERED);
  return answer.ok
    ? answer.value.items.flatMap(({ name, emails }) =>
      emails.slice(0, 1).map((address) => ({ name, address }))
    )
    : [];
}
