import type { ApiMessage } from "../../../core/model/api.ts";
import { formatUpcoming, type TimeContext } from "../../(_components)/format_time.ts";

/** What to say instead of the usual word for how far a reply got; undefined for the usual word. */
export function deliveryWords(
  { status, sendAt }: Pick<ApiMessage, "status" | "sendAt">,
  clock: TimeContext,
): string | undefined {
  if (status !== "scheduled" || sendAt === undefined) return undefined;
  return `Scheduled for ${formatUpcoming(Date.parse(sendAt), clock)}`;
}
