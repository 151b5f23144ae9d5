import { z } from "zod";
import type { Inbox } from "../model/inbox.ts";

const MAX_ENTRIES = 500;

/** An address, or a domain, also as "@example.com" or "*.example.com". Subdomains are meant too. */
const Entry = z.string().trim().toLowerCase().max(254)
  .transform((text) => text.replace(/^(?:\*?@|\*\.)/, ""))
  .pipe(
    z.string().regex(/^(?:[^\s@*]+@)?[^\s@.*]+(?:\.[^\s@.*]+)+$/, "is no address and no domain"),
  );
const Entries = z.array(Entry).max(MAX_ENTRIES, `takes ${MAX_ENTRIES} entries at most`)
  .transform((list) => [...new Set(list)]);

/** What an inbox takes for spam, and how long it keeps it. */
export type SpamPolicy = NonNullable<Inbox["spamPolicy"]>;

/** A change of it: fields left out stay. */
export const SpamPolicyPatch = z.strictObject({
  /** Never spam. */
  allow: Entries.optional(),
  /** Always spam. */
  deny: Entries.optional(),
  /** Days until spam is deleted for good; null keeps it. */
  keepDays: z.int().min(1).max(3_650).nullable().optional(),
});

export const DEFAULT_SPAM_POLICY: SpamPolicy = { allow: [], deny: [], keepDays: 90 };

/** The policy with a patch applied. Pure. */
export function patchPolicy(
  { allow, deny, keepDays }: SpamPolicy = DEFAULT_SPAM_POLICY,
  patch: z.infer<typeof SpamPolicyPatch>,
): SpamPolicy {
  return {
    allow: patch.allow ?? allow,
    deny: patch.deny ?? deny,
    keepDays: patch.keepDays === undefined ? keepDays : patch.keepDays,
  };
}

/** The entry that one of the addresses is on, or null. Pure. */
export function matchesList(
  list: readonly string[],
  addresses: readonly string[],
): string | null {
  if (list.length === 0) return null;
  for (const address of addresses) {
    const lower = address.toLowerCase();
    const domain = lower.slice(lower.lastIndexOf("@") + 1);
    const found = list.find((entry) =>
      entry.includes("@") ? entry === lower : domain === entry || domain.endsWith(`.${entry}`)
    );
    if (found !== undefined) return found;
  }
  return null;
}
