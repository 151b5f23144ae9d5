import { can, readWorkplaces } from "../access/mod.ts";
import { type Conversation, isLive } from "../model/conversation.ts";
import { DEFAULT_NOTIFICATIONS, type NotificationEvent, type User } from "../model/user.ts";
import { keys, type Tx } from "../store/mod.ts";

/** The people, and who of them works where. */
export interface Staff {
  readonly users: readonly User[];
  readonly inboxes: readonly {
    readonly id: string;
    readonly memberIds: ReadonlySet<string>;
  }[];
}

/** Everybody and where they work, as it is now. */
export async function readStaff(reader: Pick<Tx, "list">): Promise<Staff> {
  const [users, inboxes] = await Promise.all([
    Array.fromAsync(reader.list(keys.users()), ({ value }) => value),
    readWorkplaces(reader),
  ]);
  return { users, inboxes };
}

/** A conversation as far as it decides who is told. */
export type TellableConversation = Pick<
  Conversation,
  "inboxId" | "assigneeId" | "status" | "lane"
>;

/**
 * Who wants to be told by mail that a customer wrote there, and for which reason. Pure. Only those who may answer; of
 * machines' mail, of spam and of what is closed by now nobody.
 */
export function whoIsTold(
  conversation: TellableConversation,
  { users, inboxes }: Staff,
): ReadonlyMap<string, NotificationEvent> {
  const told = new Map<string, NotificationEvent>();
  const { inboxId, assigneeId, status, lane } = conversation;
  if (!isLive(status) || lane !== undefined) return told;
  for (const user of users) {
    const inboxIds = new Set(
      inboxes.filter(({ memberIds }) => memberIds.has(user.id)).map(({ id }) => id),
    );
    const principal = { type: "user", user, inboxIds, sessionHash: "" } as const;
    if (!can(principal, "conversation.write", { inboxId })) continue;
    const event = assigneeId === user.id
      ? "assigned"
      : !inboxIds.has(inboxId)
      ? null
      : assigneeId === null
      ? "unassigned"
      : "others";
    const { mail } = user.notifications ?? DEFAULT_NOTIFICATIONS;
    if (event !== null && mail.includes(event)) told.set(user.id, event);
  }
  return told;
}
