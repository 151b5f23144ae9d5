import {
  type ChannelView,
  type Delivery,
  type InboundEvent,
  sha256Hex,
} from "../../../core/channel/mod.ts";
import type { MessengerConfig } from "../config.ts";
import { appConfigOf } from "../meta/mod.ts";
import { readDelivery } from "./delivery.ts";
import { readEvent } from "./read_event.ts";

/** All events of a delivery in order. Those of other Pages are only named. */
export async function parseDelivery(
  delivery: Delivery,
  channel: ChannelView<MessengerConfig>,
): Promise<readonly InboundEvent[]> {
  const read = readDelivery(delivery);
  // What has no id of its own is known by the bytes it came in.
  const deliveryId = `delivery ${await sha256Hex(delivery.body)}`;
  const whole = { externalId: deliveryId, occurredAt: delivery.receivedAt };
  switch (read.kind) {
    case "unreadable":
      return [{ type: "unparsable", ...whole, reason: "not a delivery of Meta" }];
    case "other":
      return [{ type: "ignored", ...whole, reason: "not about a Page" }];
    case "events": {
      const ownAppId = appConfigOf(channel)?.appId ?? null;
      const events = read.events.flatMap((raw, i) => {
        const externalId = `${deliveryId} ${i}`;
        const occurredAt = raw.at ?? delivery.receivedAt;
        const envelope = { externalId, occurredAt, accountKey: raw.pageId };
        return raw.pageId === channel.config.pageId
          ? readEvent(raw, envelope, ownAppId)
          : [{ type: "ignored" as const, ...envelope, reason: "of another Page" }];
      });
      return events.length > 0
        ? events
        : [{ type: "ignored", ...whole, reason: "no entry that can be read" }];
    }
  }
}
