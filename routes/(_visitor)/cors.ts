import type { MiddlewareHandler } from "hono";
import { isAllowedOrigin, notFound } from "@/core/mod.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { ownOrigins } from "../(_shared)/origin_check.ts";
import type { VisitorEnv } from "./env.ts";

const PREFLIGHT_HEADERS = {
  "access-control-allow-methods": "GET, POST, PUT, DELETE",
  "access-control-allow-headers": "authorization, content-type, last-event-id",
  "access-control-max-age": "7200",
} as const;

/**
 * Answers pages of the sites a channel allows, and Parley's own frame; refuses all others with 403. A request without
 * an Origin is no page's: a program's, or the frame's own GET. There are no cookies here, so none are allowed.
 */
export const cors: MiddlewareHandler<VisitorEnv> = async (c, next) => {
  const { core, config } = c.env;
  const domains = await core.visitors.allowedDomains(c.req.param("channelId") ?? "");
  if (domains === null) return errorResponse(notFound("channel"));
  const origin = c.req.header("origin");
  if (origin === undefined) return await next();

  const isOwn = ownOrigins(new URL(c.req.url), config).includes(origin);
  const headers = { "access-control-allow-origin": origin, "vary": "Origin" };
  if (!isOwn && !isAllowedOrigin(domains, origin)) {
    const refused = errorResponse({ code: "origin_not_allowed" });
    refused.headers.set("vary", "Origin");
    return refused;
  }
  if (c.req.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { ...headers, ...PREFLIGHT_HEADERS } });
  }
  await next();
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  c.res.headers.set("access-control-expose-headers", "retry-after");
};
