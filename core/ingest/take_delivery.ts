import type { Delivery } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { keys, transact } from "../store/mod.ts";
import { takeQuota } from "./daily_quota.ts";
import { journalDelivery, stageDelivery } from "./journal_delivery.ts";

/** What became of a delivery that came to a port of ours. */
export type Taken = "taken" | "too_large" | "over_quota";

/**
 * Journals a delivery for each of the channels, one commit after the other. A sender who was not told that it came
 * sends it again: channels that have the bytes already take them once. @throws when the store fails
 */
export async function takeDelivery(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  channelIds: readonly string[],
  delivery: Delivery,
): Promise<Taken> {
  for (const channelId of channelIds) {
    const staged = await stageDelivery(store, delivery.body);
    if (staged === null) return "too_large";
    const id = ports.ids.next("jnl");
    const taken = await transact<Taken>(store, async (tx) => {
      if (await tx.read(keys.journalDedupe(channelId, staged.hash)) !== null) return "taken";
      if (await takeQuota(tx, channelId, delivery.body.length) > 0) return "over_quota";
      journalDelivery(tx, delivery, staged, { id, channelId, via: "listen" });
      return "taken";
    });
    if (taken !== "taken") return taken;
  }
  return "taken";
}
