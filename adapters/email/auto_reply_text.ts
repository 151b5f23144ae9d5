import { type AutoReplyOccasion, isOpenAt } from "../../core/channel/mod.ts";
import type { EmailConfig } from "./config.ts";

type Replies = Pick<
  EmailConfig,
  "autoReply" | "closedReply" | "tooLargeReply" | "businessHours" | "timeZone"
>;

/**
 * What a mail is answered by itself; null for nothing. Whoever begins a conversation out of business hours gets the
 * reply for these where there is one.
 * @param at epoch ms
 */
export function autoReplyText(
  { autoReply, closedReply, tooLargeReply, businessHours = [], timeZone = "UTC" }: Replies,
  occasion: AutoReplyOccasion,
  at: number,
): string | null {
  if (occasion === "too_large") return tooLargeReply?.trim() || null;
  const closed = isOpenAt(businessHours, timeZone, at) ? "" : closedReply?.trim();
  return closed || autoReply?.trim() || null;
}
