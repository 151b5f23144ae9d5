/** What a change makes of a conversation, and what takes it back. Pure: the server's rules, for what is seen at once. */
import type { ApiConversation, ApiConversationPatch } from "../../../core/model/api.ts";

/** What an agent decides. `unread` is their own. */
export type Change = Omit<ApiConversationPatch, "subject"> & { readonly unread?: boolean };

/** The fields a change makes different, as they will be; empty when it changes nothing. */
export function fieldsAfter(
  before: ApiConversation,
  change: Change,
): Partial<ApiConversation> {
  const { tags: _, addTags: __, removeTags: ___, ...rest } = change;
  const status = change.status ??
    (typeof change.snoozedUntil === "string" ? "snoozed" : before.status);
  const after = {
    ...rest,
    status,
    snoozedUntil: status === "snoozed" ? change.snoozedUntil ?? before.snoozedUntil : null,
    tags: tagsAfter(before.tags, change),
  };
  const isDifferent = ([name, value]: readonly [string, unknown]) =>
    // Every field of a change but those above is a field of the conversation.
    JSON.stringify(before[name as keyof ApiConversation]) !== JSON.stringify(value);
  return Object.fromEntries(
    Object.entries(after).filter(([, value]) => value !== undefined).filter(isDifferent),
  );
}

/**
 * What brings a conversation back to what it was.
 * @param fields those a change made different
 * @param now epoch ms: what was put off until a time that has passed is open
 */
export function inverseOf(
  before: ApiConversation,
  fields: Partial<ApiConversation>,
  now: number,
): Change {
  const isAwake = before.snoozedUntil === null || Date.parse(before.snoozedUntil) <= now;
  return {
    ...("status" in fields || "snoozedUntil" in fields) && (
      before.status !== "snoozed"
        ? { status: before.status }
        : isAwake
        ? { status: "open" as const }
        : { status: before.status, snoozedUntil: before.snoozedUntil }
    ),
    // Whoever does not work in the other inbox was taken off it.
    ...("assigneeId" in fields || "inboxId" in fields) && { assigneeId: before.assigneeId },
    ...("teamId" in fields || "inboxId" in fields) && { teamId: before.teamId },
    ..."inboxId" in fields && { inboxId: before.inboxId },
    ..."priority" in fields && { priority: before.priority },
    ..."tags" in fields && { tags: [...before.tags] },
    ..."unread" in fields && { unread: before.unread },
  };
}

function tagsAfter(
  before: readonly string[],
  { tags = [...before], addTags = [], removeTags = [] }: Change,
): string[] {
  return [...new Set([...tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
}
