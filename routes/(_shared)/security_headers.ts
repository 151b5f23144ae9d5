/** What the headers depend on. */
export interface HeaderOptions {
  readonly isTls: boolean;
  /** Vite's client of development needs more than a built page. */
  readonly isDevelopment: boolean;
  readonly pathname: string;
}

/**
 * Adds the security headers to an answer. What a route has set itself stays: frames of mail and of the widget,
 * files and scripts for other sites have their own rules.
 */
export function secured(response: Response, options: HeaderOptions): Response {
  try {
    addHeaders(response.headers, options);
    return response;
  } catch (error) {
    // Answers of `Response.redirect` and `fetch` cannot be changed. Others are not copied: a copy's body is a stream,
    // and a text that is there as a whole is sent faster.
    if (!(error instanceof TypeError)) throw error;
    const copy = new Response(response.body, response);
    addHeaders(copy.headers, options);
    return copy;
  }
}

function addHeaders(headers: Headers, options: HeaderOptions): void {
  if (!headers.has("content-security-policy")) {
    headers.set("content-security-policy", POLICY[options.isDevelopment ? "development" : "built"]);
    setDefault(headers, "x-frame-options", "DENY");
  }
  setDefault(headers, "x-content-type-options", "nosniff");
  setDefault(headers, "referrer-policy", "same-origin");
  setDefault(headers, "cross-origin-opener-policy", "same-origin");
  setDefault(headers, "cross-origin-resource-policy", "same-origin");
  setDefault(headers, "permissions-policy", "camera=(), geolocation=(), microphone=()");
  if (options.isTls) setDefault(headers, "strict-transport-security", "max-age=31536000");
  if (isPrivate(headers, options.pathname)) {
    setDefault(headers, "cache-control", "private, no-store");
  }
}

/** Vite puts CSS into style elements and watches over a socket. */
export const POLICY_OF_DEVELOPMENT = { style: " 'unsafe-inline'", connect: " ws:" } as const;

function contentSecurityPolicy(isDevelopment: boolean): string {
  const development = isDevelopment ? POLICY_OF_DEVELOPMENT : { style: "", connect: "" };
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self'${development.style}`,
    // Components give a hue or a size as a custom property in a style attribute.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development.connect}`,
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const POLICY = { built: contentSecurityPolicy(false), development: contentSecurityPolicy(true) };

/** Pages and the API show what only their reader may see. */
function isPrivate(headers: Headers, pathname: string): boolean {
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  return isPage || pathname.startsWith("/api/") || pathname === "/_admin" ||
    headers.has("set-cookie");
}

function setDefault(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value);
}
