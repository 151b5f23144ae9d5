import type { Io, SetupStep } from "../../../core/channel/mod.ts";
import type { PageAccess } from "../access.ts";
import { failedStep } from "./failed_step.ts";
import { missingFields, readSubscription, subscribe } from "./subscription.ts";

/** What its step is called. */
export const SUBSCRIPTION_TITLE = "The Page's subscription";

/** Whether Facebook passes on what happens on the Page; mends it where it can. */
export async function testSubscription(access: PageAccess, io: Io): Promise<SetupStep> {
  const asked = await readSubscription(access, io);
  if (!asked.ok) return failedStep(SUBSCRIPTION_TITLE, asked.error);
  const missing = missingFields(asked.value);
  if (missing.length === 0) {
    return { title: SUBSCRIPTION_TITLE, ok: true, detail: "All kinds of events come." };
  }
  const again = await subscribe(access, io);
  if (!again.ok) return failedStep(SUBSCRIPTION_TITLE, again.error);
  const detail = asked.value.size === 0
    ? "There was none: the Page was subscribed now."
    : `These were missing and have been added: ${missing.join(", ")}.`;
  return { title: SUBSCRIPTION_TITLE, ok: true, isWarning: true, detail };
}
