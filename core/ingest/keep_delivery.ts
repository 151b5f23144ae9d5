import type { Delivery } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import { takeQuota } from "./daily_quota.ts";
import type { Received, ReceiveError } from "./door.ts";
import { hashOf, journalDelivery, type JournalOptions, stageDelivery } from "./journal_delivery.ts";

/** Longer than any adapter accepts a proof after it was made. */
const PROOF_KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

/** Of a delivery that is proven already. */
export interface KeepOptions extends Pick<JournalOptions, "via" | "ignoredFor"> {
  /** Good for one delivery only. */
  readonly once?: string | undefined;
}

/** Why a proven delivery was not kept. */
export type KeepError = Extract<
  ReceiveError,
  { readonly code: "too_large" | "refused" | "over_quota" }
>;

/**
 * Journals a delivery of a channel once, however often the same bytes come, within the channel's share of the day.
 * @throws when the store fails
 */
export async function keepDelivery(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  channelId: string,
  { body, ...delivery }: Delivery,
  { once, ...options }: KeepOptions,
): Promise<Result<Received, KeepError>> {
  const hash = await hashOf(body);
  const known = await store.get(keys.journalDedupe(channelId, hash));
  if (known !== null) return ok({ journalId: known, isRepeated: true });
  const staged = await stageDelivery(store, body, hash);
  if (staged === null) return err({ code: "too_large", maxBytes: body.length });
  const id = ports.ids.next("jnl");

  return await transact<Result<Received, KeepError>>(store, async (tx) => {
    const again = await tx.read(keys.journalDedupe(channelId, hash));
    if (again !== null) return ok({ journalId: again, isRepeated: true });
    if (once !== undefined) {
      // Other bytes with a proof that was used: somebody saw one delivery and made another of it.
      const isUsed = await tx.get(keys.journalProof(channelId, once)) !== null;
      if (isUsed) return err({ code: "refused", reason: "replayed" });
      tx.set(keys.journalProof(channelId, once), true, { expireInMs: PROOF_KEPT_MS });
    }
    const retryAfterMs = await takeQuota(tx, channelId, body.length);
    if (retryAfterMs > 0) return err({ code: "over_quota", retryAfterMs });
    journalDelivery(tx, delivery, staged, { id, channelId, ...options });
    return ok({ journalId: id, isRepeated: false });
  });
}
