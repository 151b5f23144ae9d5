import { isAllowedOrigin } from "@/core/mod.ts";

const PREFLIGHT = {
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "content-type, accept, x-requested-with, idempotency-key",
  "access-control-max-age": "86400",
} as const;

/** Lets pages of a form's sites read the answer, refusals too. There are no cookies here, so none are allowed. */
export function withCors(
  response: Response,
  origin: string | null,
  domains: readonly string[],
): Response {
  response.headers.append("vary", "Origin");
  if (origin !== null && isAllowedOrigin(domains, origin)) {
    response.headers.set("access-control-allow-origin", origin);
    response.headers.set("access-control-expose-headers", "retry-after");
  }
  return response;
}

/** Answers a browser that asks whether a page may post. */
export function preflight(origin: string | null, domains: readonly string[]): Response {
  return withCors(new Response(null, { status: 204, headers: PREFLIGHT }), origin, domains);
}
