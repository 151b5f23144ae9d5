import type { Config } from "../config/mod.ts";
import type { Ports } from "../ports.ts";
import { err, ok, type Result } from "../result.ts";
import { isPrivateAddress } from "../private_address.ts";

/** Where a connection may go. */
export interface Reach {
  readonly allowPrivateHosts: Config["allowPrivateHosts"];
  readonly resolve: Ports["resolve"];
}

/**
 * Checks a host and port before anything connects to it, and gives the address to connect to, so that a second look
 * at the name cannot lead elsewhere.
 * @returns the address, or why not in words for a person.
 */
export async function reachHost(
  reach: Reach,
  host: string,
  port: number,
): Promise<Result<string, string>> {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (name === "" || !Number.isInteger(port) || port < 1 || port > 65_535) {
    return err(`"${host}:${port}" is not a host and port`);
  }
  let addresses: readonly string[];
  try {
    addresses = isAddress(name) ? [name] : await reach.resolve(name);
  } catch {
    addresses = [];
  }
  const [first] = addresses;
  if (first === undefined) return err(`The host "${host}" has no address`);
  if (isListedHost(reach.allowPrivateHosts, name, port)) return ok(first);
  return addresses.some(isPrivateAddress)
    ? err(
      `"${host}" leads to a private address; PARLEY_ALLOW_PRIVATE_HOSTS can allow ${host}:${port}`,
    )
    : ok(first);
}

/**
 * Private hosts that may be reached: those listed, and those the environment names itself (`PARLEY_SMTP_URL`,
 * `PARLEY_AUTOCONFIG_URL`, `PARLEY_GRAPH_URL`).
 */
export function allowedHosts(
  { allowPrivateHosts, smtpUrl, providersUrl, graphUrl }: Pick<
    Config,
    "allowPrivateHosts" | "smtpUrl" | "providersUrl" | "graphUrl"
  >,
): Config["allowPrivateHosts"] {
  const named = [smtpUrl, providersUrl, graphUrl].filter((url) => url !== null).map(hostAndPort);
  if (allowPrivateHosts === "all" || named.length === 0) return allowPrivateHosts;
  return [...allowPrivateHosts === "off" ? [] : allowPrivateHosts, ...named];
}

function hostAndPort(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || USUAL_PORTS[protocol]}`;
}

const USUAL_PORTS: Readonly<Record<string, number>> = {
  "smtp:": 587,
  "smtps:": 465,
  "http:": 80,
  "https:": 443,
};

/** Whether PARLEY_ALLOW_PRIVATE_HOSTS names a host and port. */
export function isListedHost(
  allowed: Config["allowPrivateHosts"],
  host: string,
  port: number,
): boolean {
  if (allowed === "off") return false;
  if (allowed === "all") return true;
  const plain = (hostPort: string) => hostPort.toLowerCase().replace(/^\[(.*)\]:/, "$1:");
  return allowed.some((entry) => plain(entry) === plain(`${host}:${port}`));
}

function isAddress(name: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(name) || name.includes(":");
}

/**
 * Whether a host matches one of an adapter's, where "*.example.com" stands for any host below it and
 * "mail.*.example.com" for any one word in that place.
 */
export function matchesHost(patterns: readonly string[], host: string): boolean {
  const name = host.toLowerCase();
  return patterns.some((pattern) => {
    const wanted = pattern.toLowerCase();
    if (wanted.includes(".*.")) {
      const words = name.split(".");
      const places = wanted.split(".");
      return words.length === places.length &&
        places.every((place, i) => words[i] === place || (place === "*" && words[i] !== ""));
    }
    return wanted.startsWith("*.")
      ? name.endsWith(wanted.slice(1)) && name.length > wanted.length - 1
      : name === wanted;
  });
}
