/** What the service worker does with a request. */
export type CacheRule =
  /** Its address never means anything else: kept for ever. */
  | "immutable"
  /** Asked for, and as it was last time when nobody answers. */
  | "known"
  /** Asked for; a page says so when nobody answers. */
  | "page"
  /** None of its business. */
  | "network";

/** Pages of agents; what strangers see is left alone. */
const PAGES = ["/inbox", "/search", "/settings", "/tickets", "/contacts", "/chatflows", "/reports"];
const IMMUTABLE = ["/assets/", "/fonts/"];
const KNOWN = ["/icons.svg", "/favicon.svg"];

/** Pure. */
export function cacheRule(
  { url, method, mode }: {
    readonly url: string;
    readonly method: string;
    readonly mode: string;
  },
): CacheRule {
  const { pathname, origin } = new URL(url);
  if (method !== "GET" || (typeof location !== "undefined" && origin !== location.origin)) {
    return "network";
  }
  if (IMMUTABLE.some((start) => pathname.startsWith(start))) return "immutable";
  if (KNOWN.includes(pathname)) return "known";
  const isPage = pathname === "/" ||
    PAGES.some((place) => pathname === place || pathname.startsWith(`${place}/`));
  return isPage && mode === "navigate" ? "page" : "network";
}
