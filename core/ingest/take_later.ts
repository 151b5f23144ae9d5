import { z } from "zod";
import type { CoreContext } from "../context.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { keys } from "../store/mod.ts";
import { keepDelivery } from "./keep_delivery.ts";

const Payload = z.object({
  channelId: z.string(),
  contentType: z.string(),
  body: z.string(),
});

/**
 * The handler of the job for what an adapter that is its own provider has announced (`SendReceipt.later`): journals it as
 * if it had been fetched. A channel that was paused or removed meanwhile gets nothing any more.
 */
export function createLaterTaker(context: CoreContext): JobHandler {
  return async function takeLater(job) {
    const { channelId, contentType, body } = Payload.parse(job.payload);
    const channel = await context.store.get(keys.channel(channelId));
    if (channel === null || channel.status === "paused") return;
    const delivery = {
      contentType,
      headers: {},
      body: new TextEncoder().encode(body),
      receivedAt: context.ports.clock.now(),
    };
    await keepDelivery(context, channelId, delivery, { via: "poll" });
  };
}
