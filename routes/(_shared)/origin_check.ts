import type { Config } from "@/core/mod.ts";
import { isLocalHost } from "./host_rule.ts";
import { readBearer, readSessionToken } from "./session.ts";

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
/**
 * Addresses for other sites: they answer without regard to our cookie. A shop on a sibling domain posts to them
 * with the cookie attached all the same.
 */
const FOREIGN = ["/visitor/", "/hooks/", "/forms/"] as const;

/**
 * Whether a request may change something. One made by a browser must come from Parley's own pages: by its Origin,
 * else by Sec-Fetch-Site. One with neither is taken only without a session cookie, as programs send it. A bearer
 * token is no browser's habit, so a request with one is not asked.
 */
export function isOwnOrigin(req: Request, url: URL, config: Pick<Config, "url">): boolean {
  if (SAFE.has(req.method) || FOREIGN.some((prefix) => url.pathname.startsWith(prefix))) {
    return true;
  }
  if (readBearer(req.headers) !== null) return true;
  const origin = req.headers.get("origin");
  if (origin !== null) return ownOrigins(url, config).includes(origin);
  const site = req.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  return readSessionToken(req.headers, config) === null;
}

/** The origins Parley's own pages have: of the public address, and of the local one the request came to. */
export function ownOrigins(url: URL, config: Pick<Config, "url">): readonly string[] {
  const origins = config.url === null ? [] : [new URL(config.url).origin];
  return isLocalHost(url.hostname) ? [...origins, url.origin] : origins;
}
