import type { MiddlewareHandler } from "hono";
import { errorResponse, type HttpError } from "../(_shared)/http_error.ts";
import { MAX_BODY_BYTES, MAX_FILE_BYTES, readBody } from "../(_shared)/read_body.ts";

/** Room for the boundaries and headers around an uploaded file. */
const MULTIPART_BYTES = 64 * 1024;

export interface BodyRule {
  readonly mediaType: "application/json" | "multipart/form-data";
  /** What is reported as the limit. */
  readonly maxBytes: number;
  readonly overheadBytes: number;
}

export const JSON_BODY: BodyRule = {
  mediaType: "application/json",
  maxBytes: MAX_BODY_BYTES,
  overheadBytes: 0,
};
export const FILE_BODY: BodyRule = {
  mediaType: "multipart/form-data",
  maxBytes: MAX_FILE_BYTES,
  overheadBytes: MULTIPART_BYTES,
};

/**
 * Reads the body before any handler does, within its limit and only of the type the address takes.
 * @param ruleOf what an address takes.
 */
export function takeBody(ruleOf: (path: string) => BodyRule): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.raw.body === null) return await next();
    const rule = ruleOf(c.req.path);
    const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();

    const read = await readBody(c.req.raw, rule.maxBytes + rule.overheadBytes);
    if (!read.ok) return errorResponse({ code: "too_large", maxBytes: rule.maxBytes });
    // Clients that say "no body" by an empty one need no media type.
    if (read.value.length > 0 && type !== rule.mediaType) {
      const error: HttpError = { code: "unsupported_media_type", accepted: [rule.mediaType] };
      return errorResponse(error);
    }
    c.req.raw = new Request(c.req.raw, { body: read.value });
    return await next();
  };
}
