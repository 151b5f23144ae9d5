import { z } from "zod";
import type { InboundEvent } from "../../../core/channel/mod.ts";
import { Id, type RawEvent, Time } from "./delivery.ts";
import type { EventContext, EventReader } from "./event_context.ts";
import { readControl, readFact, readPolicy } from "./read_control.ts";
import { readMessage } from "./read_message.ts";
import { readOptin, readPostback, readReferral } from "./read_action.ts";
import { readDeliveryReceipt, readReadReceipt } from "./read_receipt.ts";
import { readEdit, readReaction } from "./read_change.ts";

const Event = z.looseObject({
  sender: z.object({ id: Id }).optional().catch(undefined),
  recipient: z.object({ id: Id }).optional().catch(undefined),
  timestamp: Time.optional().catch(undefined),
});

/** What an event is about is the name of one of its fields. */
const READERS: Readonly<Record<string, EventReader>> = {
  message: readMessage,
  message_edit: readEdit,
  reaction: readReaction,
  delivery: readDeliveryReceipt,
  read: readReadReceipt,
  postback: readPostback,
  referral: readReferral,
  optin: readOptin,
  pass_thread_control: readControl("pass_thread_control"),
  take_thread_control: readControl("take_thread_control"),
  request_thread_control: readControl("request_thread_control"),
  app_roles: readFact("app_roles"),
  account_linking: readFact("account_linking"),
  policy_enforcement: readPolicy,
  "policy-enforcement": readPolicy,
};

/**
 * Reads one event. Never throws.
 * @param envelope what is known of it from outside
 * @param ownAppId by which echoes are known as ours; null without an app
 */
export function readEvent(
  raw: RawEvent,
  envelope: EventContext["envelope"],
  ownAppId: string | null,
): readonly InboundEvent[] {
  const ignored = (reason: string): readonly InboundEvent[] => [
    { type: "ignored", ...envelope, reason },
  ];
  const { data } = Event.safeParse(raw.event);
  if (data === undefined) return ignored("nothing about messages");
  const { sender, recipient, timestamp } = data;
  const name = Object.keys(READERS).find((one) => data[one] !== undefined);
  const reader = name === undefined ? undefined : READERS[name];
  if (name === undefined || reader === undefined) return ignored("of a kind that is not known");
  const events = reader(data[name], {
    envelope: { ...envelope, occurredAt: timestamp ?? envelope.occurredAt },
    pageId: raw.pageId,
    isStandby: raw.isStandby,
    ownAppId,
    senderId: sender?.id ?? null,
    recipientId: recipient?.id ?? null,
  });
  return events === null || events.length === 0
    ? ignored(`"${name}" in a form that is not known`)
    : events;
}
