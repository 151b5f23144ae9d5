import { z } from "zod";
import { Time } from "./delivery.ts";
import type { EventReader } from "./event_context.ts";
import { Mid } from "./mid.ts";

const Delivered = z.object({
  mids: z.array(Mid).max(1_000).optional().catch(undefined),
  watermark: Time.optional().catch(undefined),
});
const Read = z.object({
  mid: Mid.optional().catch(undefined),
  watermark: Time.optional().catch(undefined),
});

/** Messages that came to the customer's device: those it names, else all up to a time. */
export const readDeliveryReceipt: EventReader = (given, { envelope, senderId }) => {
  const { data } = Delivered.safeParse(given);
  if (data === undefined || senderId === null) return null;
  const { mids = [], watermark } = data;
  if (mids.length > 0) {
    return [...new Set(mids)].map((mid) => ({
      type: "status",
      ...envelope,
      externalId: `delivered#${mid}`,
      status: "delivered",
      target: { by: "external", messageExternalId: mid },
    }));
  }
  if (watermark === undefined) return null;
  return [{
    type: "status",
    ...envelope,
    externalId: `delivered#${senderId}#${watermark}`,
    status: "delivered",
    target: { by: "watermark", threadKey: senderId, upTo: watermark },
  }];
};

/** The customer saw everything up to a time, or one message. */
export const readReadReceipt: EventReader = (given, { envelope, senderId }) => {
  const { data } = Read.safeParse(given);
  if (data === undefined || senderId === null) return null;
  const { mid, watermark } = data;
  if (mid !== undefined) {
    return [{
      type: "status",
      ...envelope,
      externalId: `read#${mid}`,
      status: "read",
      target: { by: "external", messageExternalId: mid },
    }];
  }
  if (watermark === undefined) return null;
  return [{
    type: "status",
    ...envelope,
    externalId: `read#${senderId}#${watermark}`,
    status: "read",
    target: { by: "watermark", threadKey: senderId, upTo: watermark },
  }];
};
