import type { MessageStatus } from "../model/message.ts";

/** What a provider reports of a message that it took. */
export type ReportedStatus = "sent" | "delivered" | "read" | "failed";

const RANK: Partial<Record<MessageStatus, number>> = {
  queued: 0,
  sending: 1,
  ambiguous: 1,
  sent: 2,
  delivered: 3,
  read: 4,
};

/**
 * The status a report leads to, or null when it changes nothing. A status only moves forward; a failure reported later
 * stands over `sent`, never over `delivered` or `read`. Pure.
 */
export function advanceStatus(
  current: MessageStatus,
  reported: ReportedStatus,
): ReportedStatus | null {
  if (reported === "failed") {
    return current === "sent" || current === "sending" || current === "ambiguous" ? "failed" : null;
  }
  const from = RANK[current];
  const to = RANK[reported];
  return from !== undefined && to !== undefined && to > from ? reported : null;
}

/** Whether a message is known to have left: nothing may send it again. */
export function hasLeft(status: MessageStatus): status is "sent" | "delivered" | "read" {
  return (RANK[status] ?? 0) >= 2;
}
