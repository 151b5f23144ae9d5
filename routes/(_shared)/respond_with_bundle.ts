import { browserBundles } from "./browser_bundles.ts";

/**
 * The address of a browser bundle that may be cached for ever, as its content is part of it.
 * @param path where a route serves the bundle, such as `/widget.js`.
 */
export function bundleUrl(path: string, name: string): string {
  const hash = browserBundles[name]?.hash;
  return hash ? `${path}?v=${hash}` : path;
}

/**
 * Answers GET or HEAD with a browser bundle: 304 where the client has it, cached for ever at the
 * address made by {@link bundleUrl}, else for five minutes. 404 for a name that was not built.
 */
export function respondWithBundle(req: Request, name: string): Response {
  const bundle = Object.hasOwn(browserBundles, name) ? browserBundles[name] : undefined;
  if (!bundle) return new Response("Not Found", { status: 404 });
  if (req.method !== "GET" && req.method !== "HEAD") {
    return new Response("Method Not Allowed", { status: 405, headers: { allow: "GET, HEAD" } });
  }
  const isPinned = new URL(req.url).searchParams.get("v") === bundle.hash;
  const headers = new Headers({
    "content-type": bundle.contentType,
    "cache-control": isPinned ? "public, max-age=31536000, immutable" : "public, max-age=300",
    "etag": `"${bundle.hash}"`,
    "x-content-type-options": "nosniff",
    // The loader runs on pages of other sites.
    "cross-origin-resource-policy": "cross-origin",
  });
  const known = req.headers.get("if-none-match")?.split(",").map((tag) =>
    tag.trim().replace(/^W\//, "")
  );
  if (known?.includes(`"${bundle.hash}"`) || known?.includes("*")) {
    return new Response(null, { status: 304, headers });
  }
  const body = new TextEncoder().encode(bundle.body);
  headers.set("content-length", String(body.length));
  return new Response(req.method === "HEAD" ? null : body, { headers });
}
