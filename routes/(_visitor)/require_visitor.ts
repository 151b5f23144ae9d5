import { createMiddleware } from "hono/factory";
import { errorResponse } from "../(_shared)/http_error.ts";
import { readBearer } from "../(_shared)/session.ts";
import type { VisitorEnv } from "./env.ts";

/** Lets only a visitor of this channel through, as `c.var.visitor`. */
export const requireVisitor = createMiddleware<VisitorEnv>(async (c, next) => {
  const token = readBearer(c.req.raw.headers);
  const channelId = c.req.param("channelId") ?? "";
  const visitor = token === null ? null : await c.env.core.visitors.authenticate(channelId, token);
  if (visitor === null) {
    const message = "This needs the token of a session of this channel, as a bearer.";
    return errorResponse({ code: "unauthenticated", message });
  }
  c.set("visitor", visitor);
  return await next();
});
