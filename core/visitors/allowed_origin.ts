/** Which sites may show a channel's widget: `allowedDomains` as a check and as a CSP source list. */

/**
 * Whether a page of this origin may use the channel. An entry without a port allows every port;
 * `*.` covers subdomains only.
 * @param origin as in the Origin header; "null" (sandboxed pages, files) only when any is allowed.
 */
export function isAllowedOrigin(domains: readonly string[], origin: string): boolean {
  if (domains.length === 0) return true;
  const url = URL.parse(origin);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return domains.some((domain) => covers(domain, url));
}

/** The value of CSP's `frame-ancestors`. Host sources without a scheme would follow ours, so both are named. */
export function frameAncestors(domains: readonly string[]): string {
  if (domains.length === 0) return "*";
  const sources = domains.flatMap((domain) => {
    const host = hasPort(domain) ? domain : `${domain}:*`;
    return [`https://${host}`, `http://${host}`];
  });
  return ["'self'", ...sources].join(" ");
}

function covers(domain: string, url: URL): boolean {
  const host = hasPort(domain) ? url.host : url.hostname;
  return domain.startsWith("*.") ? host.endsWith(domain.slice(1)) : host === domain;
}

function hasPort(domain: string): boolean {
  return /:\d+$/.test(domain.replace(/^\[.*\]/, ""));
}
