import type { Io, SetupStep } from "../../../core/channel/mod.ts";
import type { PageAccess } from "../access.ts";
import { readAppWebhook, writeAppWebhook } from "./app_webhook.ts";
import { failedStep } from "./failed_step.ts";
import { missingFields } from "./subscription.ts";

/** What its step is called. */
export const WEBHOOK_TITLE = "The app's webhook";

/**
 * Whether the app sends its deliveries here. Where nothing is entered, or our address with fewer fields, it is entered:
 * Meta then asks at that address at once, which shows that it can be reached.
 * @param ownUrl our address for this app; null without one
 */
export async function testAppWebhook(
  { app }: PageAccess,
  ownUrl: string | null,
  io: Io,
): Promise<SetupStep> {
  if (ownUrl === null) {
    const detail = "Parley has no public address: set PARLEY_URL to one that Facebook can reach.";
    return { title: WEBHOOK_TITLE, ok: false, detail };
  }
  const asked = await readAppWebhook(app, io);
  if (!asked.ok) return failedStep(WEBHOOK_TITLE, asked.error);
  const webhook = asked.value;
  if (webhook !== null && webhook.callbackUrl !== ownUrl) {
    return {
      title: WEBHOOK_TITLE,
      ok: false,
      detail:
        `The app delivers to another address: ${webhook.callbackUrl}. One app has one address; enter this one in its dashboard.`,
      code: ownUrl,
    };
  }
  const missing = webhook === null ? [] : missingFields(webhook.fields);
  if (webhook !== null && webhook.isActive && missing.length === 0) {
    return { title: WEBHOOK_TITLE, ok: true, detail: `All fields are delivered to ${ownUrl}.` };
  }
  const written = await writeAppWebhook(app, ownUrl, io);
  if (!written.ok) {
    return {
      title: WEBHOOK_TITLE,
      ok: false,
      detail:
        "Facebook could not reach Parley at this address, or did not get the verify token from it. The address must be " +
        `public and begin with https://. (${written.error.provider ?? written.error.message})`,
      code: ownUrl,
    };
  }
  const detail = webhook === null
    ? `It was entered at the app: Facebook reached ${ownUrl}.`
    : `Facebook reached ${ownUrl}. What was missing was added: ${missing.join(", ") || "active"}.`;
  return { title: WEBHOOK_TITLE, ok: true, detail };
}
