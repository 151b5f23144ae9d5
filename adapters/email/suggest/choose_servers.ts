import { serversOf } from "./find_provider.ts";
import type { FoundServers, MailFindings } from "./mail_findings.ts";

/**
 * Which of the findings counts. MX records come before what a domain's own site says, since they are where its mail
 * really goes: a web host answers for domains whose mail has long been elsewhere.
 */
export function chooseServers(address: string, findings: MailFindings): FoundServers | null {
  const { known, byMx, autoconfig, wellKnown, listed, listedByMx, srv, guessed } = findings;
  if (known !== null) return { by: "known", servers: serversOf(known, address), provider: known };
  if (byMx !== null) return { by: "mx", servers: serversOf(byMx, address), provider: byMx };
  const told = [
    ["autoconfig", autoconfig],
    ["well_known", wellKnown],
    ["listed", listed],
    ["mx", listedByMx],
    ["srv", srv],
    ["guessed", guessed],
  ] as const;
  for (const [by, servers] of told) if (servers !== null) return { by, servers, provider: null };
  return null;
}
