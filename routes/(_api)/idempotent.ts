import type { HonoRequest } from "hono";
import { createMiddleware } from "hono/factory";
import type { Principal } from "@/core/mod.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import type { ApiEnv } from "./env.ts";

const HEADER = "Idempotency-Key";
const RETRY_AFTER_MS = 1_000;

/**
 * Reads `Idempotency-Key` for the command behind it, as `c.var.once`: `{}` without the header. The command
 * stores the key in its commit; here only a twin that is still being worked on is turned away.
 */
export const idempotent = createMiddleware<ApiEnv>(async (c, next) => {
  const key = c.req.header(HEADER);
  if (key === undefined) {
    c.set("once", {});
    return await next();
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    const message = "Takes 1 to 255 visible ASCII characters";
    return errorResponse({ code: "invalid", errors: [{ path: HEADER, message }] });
  }

  const scope = `${callerId(c.var.caller)} ${c.req.path}`;
  const twin = `${scope} ${key}`;
  if (c.var.inFlight.has(twin)) {
    return errorResponse({ code: "idempotency_in_flight", retryAfterMs: RETRY_AFTER_MS });
  }
  c.var.inFlight.add(twin);
  try {
    const bodyHash = await c.env.core.fingerprint(await contentOf(c.req));
    c.set("once", { idempotency: { scope, key, bodyHash } });
    return await next();
  } finally {
    c.var.inFlight.delete(twin);
  }
});

/** What makes two bodies the same: their text; of a form its fields, as each sending of it has other boundaries. */
async function contentOf(req: HonoRequest): Promise<string> {
  if (!req.header("content-type")?.startsWith("multipart/form-data")) return await req.text();
  // A form that cannot be read is refused by the handler.
  const form = await req.formData().catch(() => new FormData());
  const fields = [...form].map(async ([name, value]) => {
    if (typeof value === "string") return [name, value];
    const digest = await crypto.subtle.digest("SHA-256", await value.arrayBuffer());
    return [name, value.name, value.type, new Uint8Array(digest).toHex()];
  });
  return JSON.stringify(await Promise.all(fields));
}

function callerId(caller: Principal): string {
  return caller.type === "user" ? caller.user.id : caller.id;
}
