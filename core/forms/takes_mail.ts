import type { Io } from "../channel/mod.ts";

/** Names kept for examples and tests (RFC 2606, 6761): no name server knows them, and set-ups of one machine use them. */
const RESERVED =
  /(?:^|\.)(?:example|test|invalid|localhost|local|internal|example\.(?:com|net|org))$/;

/** Whether a domain takes mail: by its MX records, else by being a host. */
export async function takesMail(
  domain: string,
  io: Pick<Io, "dns" | "signal">,
): Promise<"takes_mail" | "takes_none" | "unknown"> {
  const host = asciiOf(domain);
  if (host === null) return "takes_none";
  if (RESERVED.test(host)) return "unknown";
  const found = await io.dns(host, "MX", io.signal);
  if (found.ok) {
    // A single dot: "we take none" (RFC 7505).
    const isNone = found.value.every(({ exchange }) => exchange === "." || exchange === "");
    return isNone ? "takes_none" : "takes_mail";
  }
  if (found.error === "unavailable") return "unknown";
  const hosts = await Promise.all(
    (["A", "AAAA"] as const).map((type) => io.dns(host, type, io.signal)),
  );
  if (hosts.some(({ ok }) => ok)) return "takes_mail";
  return hosts.some((one) => !one.ok && one.error === "unavailable") ? "unknown" : "takes_none";
}

/** As name servers know it. */
function asciiOf(domain: string): string | null {
  return URL.parse(`http://${domain}`)?.hostname ?? null;
}
