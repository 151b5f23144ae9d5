import type { Delivery } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import type { KeepError } from "./keep_delivery.ts";
import { keepDelivery } from "./keep_delivery.ts";

/** What became of a delivery that came to a port of ours. */
export type Taken = "taken" | "too_large" | "over_quota";

/**
 * Journals a delivery for each of the channels, one commit after the other. A sender who was not told that it came
 * sends it again: channels that have the bytes already take them once. @throws when the store fails
 */
export async function takeDelivery(
  context: Pick<CoreContext, "store" | "ports">,
  channelIds: readonly string[],
  delivery: Delivery,
): Promise<Taken> {
  for (const channelId of channelIds) {
    const kept = await keepDelivery(context, channelId, delivery, { via: "listen" });
    if (!kept.ok) return takenOf(kept.error);
  }
  return "taken";
}

/** Proofs are a matter of webhooks: none is refused here. */
function takenOf({ code }: KeepError): Taken {
  return code === "over_quota" ? "over_quota" : "too_large";
}
