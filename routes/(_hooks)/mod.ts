/**
 * Where providers deliver: `/hooks/:channelId`, any method. The body is read whole (its size counted while it comes),
 * the core verifies, journals and answers; parsing happens afterwards.
 * @module
 */
import { Hono } from "hono";
import type { ReceiveError } from "@/core/mod.ts";
import { unreachable } from "@/core/result.ts";
import type { State } from "../(_shared)/define.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { readBody } from "../(_shared)/read_body.ts";

/** What any adapter takes at most: a mail of 25 MiB wrapped as JSON. Each adapter has its own limit below. */
const MAX_DELIVERY_BYTES = 40 * 1024 * 1024;

/** Takes a request with its state as bindings: `hooks.fetch(req, ctx.state)`. */
export const hooks = new Hono<{ Bindings: State }>()
  .all("/hooks/:channelId", async (c) => {
    const { req } = c;
    const body = await readBody(req.raw, MAX_DELIVERY_BYTES);
    if (!body.ok) return errorResponse(body.error);
    const { inbound } = c.env.core;
    const channelId = req.param("channelId");
    const { method, signal, headers } = req.raw;
    const request = { method, url: new URL(req.url), headers, body: body.value };
    const answer = await inbound.handshake(channelId, request, signal);
    if (answer !== null) return answer;
    const received = await inbound.receive(channelId, request, signal);
    if (!received.ok) return refusal(received.error);
    const { journalId, isRepeated } = received.value;
    return Response.json({ journalId }, { status: isRepeated ? 200 : 202 });
  })
  .notFound(() => errorResponse({ code: "no_such_address" }))
  .onError((error, c) => {
    // The provider tries again: nothing was promised to it.
    c.env.core.ports.log("error", "delivery failed", { error: error.stack ?? String(error) });
    return errorResponse({ code: "internal" });
  });

function refusal(error: ReceiveError): Response {
  switch (error.code) {
    case "no_channel":
      return errorResponse({ code: "not_found", what: "channel" });
    case "paused":
      return errorResponse({ code: "unavailable", message: "The channel is paused." });
    case "unsupported_type":
      return errorResponse({ code: "unsupported_media_type", accepted: error.accepts });
    case "too_large":
      return errorResponse({ code: "too_large", maxBytes: error.maxBytes });
    case "refused":
      return errorResponse({
        code: "unauthenticated",
        message: `The delivery's proof is ${error.reason}.`,
      });
    case "over_quota":
      return errorResponse({ code: "rate_limited", retryAfterMs: error.retryAfterMs });
    default:
      return unreachable(error);
  }
}
