import type { Config } from "@/core/mod.ts";

const LOCAL: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** Asked by load balancers under whatever name they know. */
const ANY_HOST: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** Whether this host name is this machine. */
export function isLocalHost(hostname: string): boolean {
  return LOCAL.has(hostname);
}

/**
 * The page for a name Parley was not told, or null. Without PARLEY_URL only this machine is served: links, cookies
 * and the Origin check all need an address that is not taken from the request.
 */
export function unknownHostPage(url: URL, config: Pick<Config, "url">): Response | null {
  if (config.url !== null || isLocalHost(url.hostname) || ANY_HOST.has(url.pathname)) return null;
  return new Response(PAGE, {
    status: 421,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    },
  });
}

// The asked-for name is not repeated: it is whatever the client says.
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Parley needs its address</title>
<h1>Parley does not know this address</h1>
<p>It is running, but was not told under which public address people reach it.</p>
<p>Set the environment variable <code>PARLEY_URL</code>, such as
<code>PARLEY_URL=https://inbox.example.com</code>, and start it again.
On the machine itself <code>http://localhost</code> works without.</p>
`;
