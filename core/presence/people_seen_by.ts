import { can, type Principal } from "../access/mod.ts";
import type { LiveTable } from "../events/mod.ts";
import type { Attendance, PersonHere } from "./attendance.ts";

/** Who is in a conversation, as far as somebody may know: nobody where they may not read it, never themselves. */
export function peopleSeenBy(
  principal: Principal,
  conversationId: string,
  { attendance, live }: {
    readonly attendance: Pick<Attendance, "inboxOf" | "peopleIn">;
    readonly live: Pick<LiveTable, "get">;
  },
): readonly PersonHere[] {
  const inboxId = live.get(conversationId)?.inboxId ?? attendance.inboxOf(conversationId);
  if (inboxId === null || !can(principal, "conversation.read", { inboxId })) return [];
  const people = attendance.peopleIn(conversationId);
  return principal.type === "user" ? people.filter(({ id }) => id !== principal.user.id) : people;
}
