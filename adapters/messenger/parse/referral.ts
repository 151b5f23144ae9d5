import { z } from "zod";

const Text = z.string().max(2_000).optional().catch(undefined);
const Referral = z.object({
  ref: Text,
  source: Text,
  ad_id: Text,
  product: z.object({ id: z.string().max(200) }).optional().catch(undefined),
  ads_context_data: z.object({ ad_title: Text }).optional().catch(undefined),
});

/** Where a customer came from. */
export interface ReadReferral {
  /** The ref of a link as it was made; else the ad, the product or the kind of place. */
  readonly ref: string;
  /** The ad's own words; empty when it was none. */
  readonly adTitle: string;
}

/** Null when it names nothing. */
export function readReferralOf(given: unknown): ReadReferral | null {
  // Most messages have none, and a failed check is dear.
  if (given === undefined) return null;
  const { data } = Referral.safeParse(given);
  if (data === undefined) return null;
  const { ref, source, ad_id: ad, product, ads_context_data: about } = data;
  const found = ref || (ad && `ad ${ad}`) || (product && `product ${product.id}`) ||
    source?.toLowerCase();
  return found ? { ref: found, adTitle: about?.ad_title ?? "" } : null;
}
