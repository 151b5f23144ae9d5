import type { Inbox } from "../model/inbox.ts";
import { membersOf } from "../model/members_of.ts";
import { keys, type Reader, type Tx } from "../store/mod.ts";

/** Who works in an inbox, its teams being as they are stored. */
export async function readMembers(
  reader: Pick<Reader, "get"> | Pick<Tx, "read">,
  inbox: Pick<Inbox, "memberIds" | "teamIds">,
): Promise<ReadonlySet<string>> {
  const get = "read" in reader
    ? (id: string) => reader.read(keys.team(id))
    : (id: string) => reader.get(keys.team(id));
  const teams = await Promise.all(inbox.teamIds.map(get));
  return membersOf(inbox, teams.filter((team) => team !== null));
}

/** Every inbox and who works there. */
export async function readWorkplaces(
  reader: Pick<Reader, "list"> | Pick<Tx, "list">,
): Promise<readonly { readonly id: string; readonly memberIds: ReadonlySet<string> }[]> {
  const [inboxes, teams] = await Promise.all([
    Array.fromAsync(reader.list(keys.inboxes()), ({ value }) => value),
    Array.fromAsync(reader.list(keys.teams()), ({ value }) => value),
  ]);
  return inboxes.map((inbox) => ({ id: inbox.id, memberIds: membersOf(inbox, teams) }));
}
