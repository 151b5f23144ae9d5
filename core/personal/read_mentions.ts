import { can, readMembers } from "../access/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import type { Mention } from "../model/message.ts";
import type { User } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Tx } from "../store/mod.ts";

/** So many people are told of one comment at most: all of it is one commit. */
const MAX_MENTIONED = 100;

/** Whom a comment names, with their names as they are now, and everybody that is. */
export interface Mentioned {
  readonly mentions: readonly Mention[];
  readonly userIds: readonly string[];
}

/**
 * Who is named in a comment in an inbox: people who may read it, and teams of which somebody may.
 * Errors: invalid, naming those who may not.
 */
export async function readMentions(
  tx: Pick<Tx, "read">,
  inboxId: string,
  named: readonly Pick<Mention, "type" | "id">[],
): Promise<Result<Mentioned, CoreError>> {
  if (named.length === 0) return ok({ mentions: [], userIds: [] });
  const inbox = await tx.read(keys.inbox(inboxId));
  const members = inbox === null ? new Set<string>() : await readMembers(tx, inbox);
  const mayRead = (user: User) => {
    const inboxIds = new Set(members.has(user.id) ? [inboxId] : []);
    return can({ type: "user", user, inboxIds, sessionHash: "" }, "conversation.read", { inboxId });
  };
  const mentions: Mention[] = [];
  const userIds = new Set<string>();
  const wrong: { path: string; message: string }[] = [];
  for (const [i, { type, id }] of named.entries()) {
    const path = `mentions.${i}`;
    if (type === "user") {
      const user = await tx.read(keys.user(id));
      if (user === null) wrong.push({ path, message: "is nobody here" });
      else if (!mayRead(user)) wrong.push({ path, message: `${user.name} may not read this` });
      else {
        mentions.push({ type, id, name: user.name });
        userIds.add(id);
      }
      continue;
    }
    const team = await tx.read(keys.team(id));
    const people = await Promise.all((team?.memberIds ?? []).map((one) => tx.read(keys.user(one))));
    const readers = people.filter((user) => user !== null).filter(mayRead);
    if (team === null) wrong.push({ path, message: "is no team" });
    else if (readers.length === 0) {
      wrong.push({ path, message: `nobody of ${team.name} may read this` });
    } else {
      mentions.push({ type, id, name: team.name });
      for (const user of readers) userIds.add(user.id);
    }
  }
  if (wrong.length > 0) return err({ code: "invalid", errors: wrong });
  return userIds.size > MAX_MENTIONED
    ? err(invalid("mentions", `are ${userIds.size} people: ${MAX_MENTIONED} at most`))
    : ok({ mentions, userIds: [...userIds] });
}
