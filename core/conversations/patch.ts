import type { Conversation, ConversationStatus, Priority } from "../model/conversation.ts";
import type { ThreadEvent } from "../model/message.ts";

/** What an agent may change about a conversation. Absent fields stay. */
export interface ConversationPatch {
  readonly status?: ConversationStatus | undefined;
  readonly assigneeId?: string | null | undefined;
  /** Beside a person, or until somebody of it takes the conversation. */
  readonly teamId?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Beside those it has; after `tags`, when both are given. */
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
  readonly priority?: Priority | null | undefined;
  readonly snoozedUntil?: number | null | undefined;
  readonly inboxId?: string | undefined;
  readonly subject?: string | undefined;
}

export interface Patched {
  readonly after: Conversation;
  /** Lines for the thread, in order. */
  readonly events: readonly ThreadEvent[];
  /** Names of the fields that changed; empty when nothing did. */
  readonly changed: readonly string[];
}

/**
 * The conversation with the patch applied. Pure: the caller has checked that the assignee, the team and the inbox exist.
 * Snoozing needs a time, and giving a time snoozes; any other status wakes it up.
 */
export function applyPatch(before: Conversation, patch: ConversationPatch, now: number): Patched {
  const status = patch.status ??
    (typeof patch.snoozedUntil === "number" ? "snoozed" : before.status);
  const snoozedUntil = status === "snoozed" ? patch.snoozedUntil ?? before.snoozedUntil : null;
  const next: Conversation = {
    ...before,
    status,
    snoozedUntil,
    statusAt: status === before.status ? before.statusAt : now,
    assigneeId: patch.assigneeId === undefined ? before.assigneeId : patch.assigneeId,
    teamId: patch.teamId === undefined ? before.teamId : patch.teamId,
    tags: tagsAfter(before.tags, patch),
    priority: patch.priority === undefined ? before.priority : patch.priority,
    inboxId: patch.inboxId ?? before.inboxId,
    subject: patch.subject ?? before.subject,
  };

  const changed = FIELDS.filter((field) => !same(before[field], next[field]));
  const events = changed.flatMap((field) => eventOf(field, before, next));
  if (changed.length === 0) return { after: before, events, changed };
  return {
    after: { ...next, updatedAt: now, lastSeq: before.lastSeq + events.length },
    events,
    changed,
  };
}

/** The tags a patch leaves: names are told apart as they are written. Pure. */
export function tagsAfter(
  before: readonly string[],
  { tags, addTags = [], removeTags = [] }: Pick<
    ConversationPatch,
    "tags" | "addTags" | "removeTags"
  >,
): readonly string[] {
  if (tags === undefined && addTags.length === 0 && removeTags.length === 0) return before;
  const removed = new Set(removeTags.map((tag) => tag.trim()));
  const kept = (tags ?? before).map((tag) => tag.trim()).filter((tag) => !removed.has(tag));
  return [...new Set([...kept, ...addTags.map((tag) => tag.trim())])].filter(Boolean);
}

const FIELDS = [
  "status",
  "snoozedUntil",
  "assigneeId",
  "teamId",
  "tags",
  "priority",
  "inboxId",
  "subject",
] as const;

function eventOf(
  field: typeof FIELDS[number],
  before: Conversation,
  after: Conversation,
): ThreadEvent[] {
  switch (field) {
    case "status":
      return [{ type: "status", from: before.status, to: after.status }];
    case "assigneeId":
      return [{ type: "assigned", from: before.assigneeId, to: after.assigneeId }];
    case "teamId":
      return [{ type: "team", from: before.teamId, to: after.teamId }];
    case "inboxId":
      return [{ type: "moved", from: before.inboxId, to: after.inboxId }];
    case "priority":
      return [{ type: "priority", from: before.priority, to: after.priority }];
    case "tags":
      return [{ type: "tags", from: before.tags.join(", "), to: after.tags.join(", ") }];
    case "subject":
      return [{ type: "subject", from: before.subject, to: after.subject }];
    case "snoozedUntil":
      return [];
  }
}

function same(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((one, i) => one === b[i])
    : a === b;
}
