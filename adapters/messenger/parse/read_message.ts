import { z } from "zod";
import type { InboundEvent, PartInput } from "../../../core/channel/mod.ts";
import { psidIdentity } from "../psid.ts";
import { attachmentParts } from "./attachment_parts.ts";
import type { EventContext, EventReader } from "./event_context.ts";
import { Mid } from "./mid.ts";
import { readReferralOf } from "./referral.ts";
import { readMetadata } from "../metadata.ts";

const AppId = z.union([z.string(), z.int().nonnegative()]).transform(String);
const Message = z.object({
  mid: Mid,
  text: z.string().optional().catch(undefined),
  attachments: z.array(z.unknown()).max(100).optional().catch(undefined),
  quick_reply: z.object({ payload: z.string().max(10_000) }).optional().catch(undefined),
  reply_to: z.object({ mid: Mid }).optional().catch(undefined),
  referral: z.unknown().optional(),
  is_echo: z.boolean().optional().catch(undefined),
  is_deleted: z.boolean().optional().catch(undefined),
  app_id: AppId.optional().catch(undefined),
  metadata: z.string().optional().catch(undefined),
});
type Message = z.infer<typeof Message>;

/** Meta's own inbox. It appears under two ids. */
const PAGE_INBOX: ReadonlySet<string> = new Set(["26390203743090", "263902037430900"]);
const NOTHING_TO_SHOW = "Sent something that Facebook does not pass on.";

/** A message of a customer, the echo of one to them, or that one was taken back. */
export const readMessage: EventReader = (given, context) => {
  const { data } = Message.safeParse(given);
  if (data === undefined) return null;
  if (data.is_deleted === true) return [deletion(data, context)];
  const customer = data.is_echo === true ? context.recipientId : context.senderId;
  if (customer === null) return null;
  const direction = data.is_echo === true ? echoDirection(data, context) : "in";
  const outboxId = direction === "echo_own" ? readMetadata(data.metadata ?? "") : null;
  const referral = readReferralOf(data.referral);
  const notes = notesOf(data, context, referral?.adTitle ?? "");
  const event: InboundEvent = {
    type: "message",
    ...context.envelope,
    externalId: data.mid,
    direction,
    sender: { identities: [psidIdentity(context.pageId, customer)] },
    hints: [{ by: "thread", threadKey: customer, how: "their Messenger conversation" }],
    parts: partsOf(data),
    ...outboxId !== null && { outboxId },
    ...direction === "echo_other" && { author: authorOf(data) },
    ...data.quick_reply !== undefined && { payload: data.quick_reply.payload },
    ...referral !== null && { referral: referral.ref },
    ...context.isStandby && direction === "in" && { isAnsweredElsewhere: true },
    ...notes.length > 0 && { notes },
  };
  return [event];
};

function deletion({ mid }: Message, { envelope }: EventContext): InboundEvent {
  const externalId = `${mid}#deleted`;
  return { type: "message_deleted", ...envelope, externalId, messageExternalId: mid };
}

function echoDirection(
  { app_id }: Message,
  { ownAppId }: EventContext,
): "echo_own" | "echo_other" {
  return app_id !== undefined && app_id === ownAppId ? "echo_own" : "echo_other";
}

function authorOf({ app_id }: Message): string {
  return app_id === undefined || PAGE_INBOX.has(app_id)
    ? "Meta Business Suite"
    : `App ${app_id.slice(0, 100)}`;
}

function partsOf({ mid, text = "", attachments = [] }: Message): PartInput[] {
  const files = attachments.flatMap((given, index) => attachmentParts(given, { mid, index, text }));
  const words: PartInput[] = text === "" ? [] : [{ kind: "text", text: text.toWellFormed() }];
  const parts = [...words, ...files];
  return parts.length > 0 ? parts : [{ kind: "text", text: NOTHING_TO_SHOW }];
}

function notesOf({ reply_to }: Message, { isStandby }: EventContext, adTitle: string) {
  return [
    ...isStandby ? [{ step: "standby", detail: "Another app answers this conversation now" }] : [],
    ...reply_to === undefined ? [] : [{ step: "reply_to", detail: `Answers ${reply_to.mid}` }],
    ...adTitle === "" ? [] : [{ step: "came_by_ad", detail: adTitle.toWellFormed() }],
  ];
}
