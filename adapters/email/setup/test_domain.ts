import type { Io, SetupStep } from "../../../core/channel/mod.ts";
import { providerOfDomain } from "../suggest/mod.ts";

const TITLE = "Your domain says who may send";

/**
 * Whether the domain tells the world whose its mail is (SPF, DMARC): mail of one that does not is often taken for spam.
 * @returns null when there is nothing to say: a provider's domain, or name servers that do not answer
 */
export async function testDomain(
  address: string,
  io: Pick<Io, "dns" | "signal">,
): Promise<SetupStep | null> {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  if (providerOfDomain(domain) !== null) return null;
  const [spf, dmarc, parent] = await Promise.all([
    hasRecord(domain, /^v=spf1(?:\s|$)/i, io),
    hasRecord(`_dmarc.${domain}`, /^v=DMARC1\s*(?:;|$)/i, io),
    // Below a domain with a policy, that policy counts.
    hasRecord(`_dmarc.${domain.split(".").slice(-2).join(".")}`, /^v=DMARC1\s*(?:;|$)/i, io),
  ]);
  if (spf === null || dmarc === null) return null;
  const missing = [...spf ? [] : ["SPF"], ...dmarc || parent ? [] : ["DMARC"]];
  if (missing.length === 0) return { title: TITLE, ok: true, detail: "SPF and DMARC found" };
  const detail = missing.length === 2
    ? "SPF and DMARC are missing. Many providers sort such mail as spam."
    : `${missing[0] === "SPF" ? "DMARC" : "SPF"} found, ${missing[0]} missing. ` +
      "Some providers sort such mail as spam.";
  return {
    title: TITLE,
    ok: true,
    isWarning: true,
    detail,
    ...missing.includes("DMARC")
      ? { code: `_dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:${address}"` }
      : {},
  };
}

/** Null when nobody could say. */
async function hasRecord(
  name: string,
  pattern: RegExp,
  { dns, signal }: Pick<Io, "dns" | "signal">,
): Promise<boolean | null> {
  const found = await dns(name, "TXT", signal);
  if (!found.ok) return found.error === "not_found" ? false : null;
  return found.value.some((text) => pattern.test(text));
}
