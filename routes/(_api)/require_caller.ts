import { createMiddleware } from "hono/factory";
import { errorResponse } from "../(_shared)/http_error.ts";
import type { ApiEnv } from "./env.ts";

/** Lets only a signed-in user or a valid token through, as `c.var.caller`. */
export const requireCaller = createMiddleware<ApiEnv>(async (c, next) => {
  const { principal } = c.env;
  if (principal === null) return errorResponse({ code: "unauthenticated" });
  c.set("caller", principal);
  return await next();
});
