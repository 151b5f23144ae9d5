import type { ApiMessage } from "../../../core/model/api.ts";
import { formatUpcoming, type TimeContext } from "../../(_components)/format_time.ts";

/** The page's clock moves on by minutes: what it says is to come may have been. */
const CLOCK_STEP_MS = 60_000;

/** What to say instead of the usual word for how far a reply got; undefined for the usual word. */
export function deliveryWords(
  { status, sendAt, mailAt, error }: Pick<ApiMessage, "status" | "sendAt" | "mailAt" | "error">,
  clock: TimeContext,
): string | undefined {
  if (status === "scheduled" && sendAt !== undefined) {
    return `Scheduled for ${formatUpcoming(Date.parse(sendAt), clock)}`;
  }
  // It was tried, and is tried again.
  if (status === "queued" && error?.code === "offline") return `Waits ${error.message}`;
  if (status === "queued" && error !== undefined) return `Waits: ${error.message}`;
  if (mailAt === undefined || Date.parse(mailAt) < clock.now + CLOCK_STEP_MS) return undefined;
  const when = formatUpcoming(Date.parse(mailAt), clock);
  if (status === "sent") return `Sent, by email at ${when} unless read`;
  return status === "delivered" ? `Delivered, by email at ${when} unless read` : undefined;
}
