import type { Conversation, Priority } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { countVersions } from "./thread_row.ts";

/** As many as a record has room for. */
const MAX_TAGS = 30;
const PRIORITIES: readonly Priority[] = ["low", "medium", "high", "urgent"];

/**
 * The record of a conversation once another one's messages stand behind its own. What is open stays open, who waits longest
 * counts, and nothing anybody set is lost. Pure.
 * @param copies the other one's messages as they stand in it now
 * @param now epoch ms
 */
export function mergedRow(
  into: Conversation,
  from: Conversation,
  copies: readonly Message[],
  now: number,
): Conversation {
  const { lane, ...rest } = into;
  const isWoken = into.status !== "open" && from.status === "open";
  const isLater = from.lastMessageAt > into.lastMessageAt;
  const offset = (copies[0]?.seq ?? 0) - 1;
  return {
    ...rest,
    // Neither is a machine's business when a person began the other.
    ...lane === undefined || from.lane === undefined ? {} : { lane },
    ...isLater ? { preview: from.preview, previewKind: from.previewKind } : {},
    ...isWoken ? { status: "open", statusAt: now, snoozedUntil: null } : {},
    assigneeId: into.assigneeId ?? (from.inboxId === into.inboxId ? from.assigneeId : null),
    teamId: into.teamId ?? (from.inboxId === into.inboxId ? from.teamId : null),
    tags: [...new Set([...into.tags, ...from.tags])].slice(0, MAX_TAGS),
    priority: higher(into.priority, from.priority),
    waitingSince: earlier(into.waitingSince, from.waitingSince),
    failedMessageId: into.failedMessageId ?? from.failedMessageId,
    lastMessageAt: Math.max(into.lastMessageAt, from.lastMessageAt),
    updatedAt: now,
    version: into.version + countVersions(copies),
    lastSeq: copies.at(-1)?.seq ?? into.lastSeq,
    lastUnreadSeq: from.lastUnreadSeq > 0 ? offset + from.lastUnreadSeq : into.lastUnreadSeq,
  };
}

/** The record of one that was merged: it stands for the other, and holds nothing. Pure. */
export function emptiedRow(from: Conversation, intoId: string, now: number): Conversation {
  return {
    ...from,
    status: "closed",
    statusAt: now,
    snoozedUntil: null,
    waitingSince: null,
    failedMessageId: null,
    updatedAt: now,
    lastSeq: 0,
    lastUnreadSeq: 0,
    mergedIntoId: intoId,
  };
}

function higher(a: Priority | null, b: Priority | null): Priority | null {
  if (a === null || b === null) return a ?? b;
  return PRIORITIES.indexOf(a) >= PRIORITIES.indexOf(b) ? a : b;
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? a ?? b : Math.min(a, b);
}
