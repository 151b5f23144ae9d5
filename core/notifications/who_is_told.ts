import { can, readWorkplaces } from "../access/mod.ts";
import { type Conversation, isLive } from "../model/conversation.ts";
import type { Team } from "../model/team.ts";
import { DEFAULT_NOTIFICATIONS, type NotificationEvent, type User } from "../model/user.ts";
import { keys, type Tx } from "../store/mod.ts";

/** The people, who of them works where, and their teams. */
export interface Staff {
  readonly users: readonly User[];
  readonly inboxes: readonly {
    readonly id: string;
    readonly memberIds: ReadonlySet<string>;
  }[];
  readonly teams: readonly Pick<Team, "id" | "memberIds">[];
}

/** Everybody and where they work, as it is now. */
export async function readStaff(reader: Pick<Tx, "list">): Promise<Staff> {
  const [users, inboxes, teams] = await Promise.all([
    Array.fromAsync(reader.list(keys.users()), ({ value }) => value),
    readWorkplaces(reader),
    Array.fromAsync(reader.list(keys.teams()), ({ value }) => value),
  ]);
  return { users, inboxes, teams };
}

/** A conversation as far as it decides who is told. */
export type TellableConversation = Pick<
  Conversation,
  "inboxId" | "assigneeId" | "teamId" | "status" | "lane"
>;

/**
 * Who wants to be told by mail that a customer wrote there, and for which reason. Pure. Only those who may answer; of
 * machines' mail, of spam and of what is closed by now nobody.
 * What a team has and nobody of it took is unassigned for its members, and others' for everybody else.
 * @param followers ids of those who follow it
 */
export function whoIsTold(
  conversation: TellableConversation,
  { users, inboxes, teams }: Staff,
  followers: readonly string[],
): ReadonlyMap<string, NotificationEvent> {
  const told = new Map<string, NotificationEvent>();
  const { inboxId, assigneeId, teamId, status, lane } = conversation;
  const team = teams.find(({ id }) => id === teamId);
  if (!isLive(status) || lane !== undefined) return told;
  const isFree = (userId: string) =>
    assigneeId === null && (team === undefined || team.memberIds.includes(userId));
  for (const user of users) {
    const inboxIds = new Set(
      inboxes.filter(({ memberIds }) => memberIds.has(user.id)).map(({ id }) => id),
    );
    const principal = { type: "user", user, inboxIds, sessionHash: "" } as const;
    if (!can(principal, "conversation.write", { inboxId })) continue;
    const reasons: NotificationEvent[] = [
      ...assigneeId === user.id ? ["assigned" as const] : [],
      ...followers.includes(user.id) ? ["followed" as const] : [],
      ...assigneeId === user.id || !inboxIds.has(inboxId)
        ? []
        : [isFree(user.id) ? "unassigned" as const : "others" as const],
    ];
    const { mail } = user.notifications ?? DEFAULT_NOTIFICATIONS;
    const reason = reasons.find((one) => mail.includes(one));
    if (reason !== undefined) told.set(user.id, reason);
  }
  return told;
}
