import { z } from "zod";
import type { InboundEvent } from "../../../core/channel/mod.ts";
import { psidIdentity } from "../psid.ts";
import type { EventContext, EventReader } from "./event_context.ts";
import { Mid } from "./mid.ts";
import { readReferralOf } from "./referral.ts";

const Postback = z.object({
  mid: Mid.optional().catch(undefined),
  title: z.string().max(1_000).optional().catch(undefined),
  payload: z.string().max(10_000).optional().catch(undefined),
  referral: z.unknown().optional(),
});
const Optin = z.object({
  ref: z.string().max(2_000).optional().catch(undefined),
  type: z.string().max(100).optional().catch(undefined),
  notification_messages_status: z.string().max(100).optional().catch(undefined),
});

/** A tapped button, an ice breaker, “Get started”. */
export const readPostback: EventReader = (given, context) => {
  const { data } = Postback.safeParse(given);
  if (data === undefined || context.senderId === null) return null;
  const { mid, title, payload = "" } = data;
  const referral = readReferralOf(data.referral);
  return [{
    ...actionOf(context, context.senderId),
    // One event of somebody at one time: payloads may be longer than an id.
    externalId: mid ?? `postback#${context.senderId}#${context.envelope.occurredAt}`,
    payload,
    ...title !== undefined && title !== "" && { title },
    ...referral !== null && { referral: referral.ref },
  }];
};

/** Somebody came back by a link of the Page or by an ad. */
export const readReferral: EventReader = (given, context) => {
  const referral = readReferralOf(given);
  if (referral === null || context.senderId === null) return null;
  const { senderId, envelope } = context;
  return [{
    ...actionOf(context, senderId),
    externalId: `referral#${senderId}#${envelope.occurredAt}`,
    payload: "",
    referral: referral.ref,
  }];
};

/** A box somebody ticked elsewhere, or a subscription that began or ended: nothing to answer. */
export const readOptin: EventReader = (given, { envelope, senderId }) => {
  const { data } = Optin.safeParse(given);
  if (data === undefined) return null;
  const payload = [data.type, data.notification_messages_status, data.ref].filter(Boolean).join(
    " ",
  );
  const externalId = `optin#${senderId ?? "page"}#${envelope.occurredAt}`;
  return [{ type: "control", ...envelope, externalId, name: "optin", payload }];
};

function actionOf(
  { envelope, pageId }: EventContext,
  senderId: string,
): Extract<InboundEvent, { type: "action" }> {
  return {
    type: "action",
    ...envelope,
    threadKey: senderId,
    identities: [psidIdentity(pageId, senderId)],
    payload: "",
  };
}
