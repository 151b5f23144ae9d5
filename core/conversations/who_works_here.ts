import { readMembers } from "../access/mod.ts";
import { invalid } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Inbox } from "../model/inbox.ts";
import type { User } from "../model/user.ts";
import type { CoreError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Tx } from "../store/mod.ts";
import type { ConversationPatch } from "./patch.ts";

/**
 * Whoever a patch gives a conversation to must work in its inbox. Somebody, or a team, that cannot see the inbox it is
 * moved to does not go along; asked for by name, that is a mistake. Errors: invalid (`assigneeId`, `teamId`)
 */
export async function checkHands(
  tx: Pick<Tx, "read">,
  before: Conversation,
  patch: ConversationPatch,
): Promise<Result<ConversationPatch, CoreError>> {
  const { inboxId = before.inboxId } = patch;
  const isMoved = inboxId !== before.inboxId;
  const { assigneeId = before.assigneeId, teamId = before.teamId } = patch;
  const isNewPerson = assigneeId !== null && (isMoved || assigneeId !== before.assigneeId);
  const isNewTeam = teamId !== null && (isMoved || teamId !== before.teamId);
  const inbox = isNewPerson || isNewTeam ? await tx.read(keys.inbox(inboxId)) : null;
  let checked = patch;
  if (isNewPerson && !await worksIn(tx, inbox, [assigneeId])) {
    if (patch.assigneeId != null) {
      return err(invalid("assigneeId", "is nobody who works in this inbox"));
    }
    checked = { ...checked, assigneeId: null };
  }
  const team = isNewTeam ? await tx.read(keys.team(teamId)) : null;
  if (isNewTeam && (team === null || !await worksIn(tx, inbox, team.memberIds))) {
    if (patch.teamId != null) {
      return err(invalid("teamId", "is no team of which anybody works in this inbox"));
    }
    checked = { ...checked, teamId: null };
  }
  return ok(checked);
}

/** Whether any of these people may answer in an inbox. */
async function worksIn(
  tx: Pick<Tx, "read">,
  inbox: Inbox | null,
  userIds: readonly string[],
): Promise<boolean> {
  if (inbox === null) return false;
  const [users, members] = await Promise.all([
    Promise.all(userIds.map((id) => tx.read(keys.user(id)))),
    readMembers(tx, inbox),
  ]);
  const works = ({ id, active, role }: User) =>
    active && (role === "owner" || role === "admin" || (role === "agent" && members.has(id)));
  return users.some((user) => user !== null && works(user));
}
