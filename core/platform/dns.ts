import type { Dns, DnsRecords } from "../ports.ts";
import { err, ok } from "../result.ts";

/** A name server that says nothing is given up, in ms. */
const TIMEOUT_MS = 5_000;

/**
 * Asks real name servers.
 * @param nameServer in place of those of the machine
 */
export function createDns(
  nameServer?: { readonly ipAddr: string; readonly port: number },
): Dns {
  return async <T extends keyof DnsRecords>(name: string, type: T, signal: AbortSignal) => {
    const options = {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      ...nameServer === undefined ? {} : { nameServer },
    };
    try {
      const found = await lookups[type](name, options);
      return found.length === 0 ? err("not_found" as const) : ok(found);
    } catch (error) {
      return err(error instanceof Deno.errors.NotFound ? "not_found" as const : "unavailable");
    }
  };
}

type Options = Deno.ResolveDnsOptions;
type Lookup<T> = (name: string, options: Options) => Promise<readonly T[]>;

const lookups: { readonly [T in keyof DnsRecords]: Lookup<DnsRecords[T]> } = {
  A: (name, options) => Deno.resolveDns(name, "A", options),
  AAAA: (name, options) => Deno.resolveDns(name, "AAAA", options),
  CNAME: async (name, options) => (await Deno.resolveDns(name, "CNAME", options)).map(undotted),
  MX: async (name, options) =>
    (await Deno.resolveDns(name, "MX", options))
      .map(({ preference, exchange }) => ({ preference, exchange: undotted(exchange) })),
  PTR: async (name, options) => (await Deno.resolveDns(name, "PTR", options)).map(undotted),
  SRV: async (name, options) =>
    (await Deno.resolveDns(name, "SRV", options))
      .map(({ priority, weight, port, target }) => ({
        priority,
        weight,
        port,
        target: undotted(target),
      })),
  TXT: async (name, options) =>
    (await Deno.resolveDns(name, "TXT", options)).map((pieces) => pieces.join("")),
};

/** "mx.example." as people write it. */
function undotted(name: string): string {
  return name.replace(/\.$/, "");
}
