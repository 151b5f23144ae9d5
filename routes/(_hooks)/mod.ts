/**
 * Where providers deliver: `/hooks/:channelId`, any method, and `/hooks/app/:appId` for all accounts of an app. Who is
 * meant is found first, then the body is read (its size counted while it comes); the core verifies, journals and
 * answers; parsing happens afterwards.
 * @module
 */
import { type Context, Hono } from "hono";
import type { Door, Received, ReceiveError, WebhookRequest } from "@/core/mod.ts";
import { err, ok, type Result, unreachable } from "@/core/result.ts";
import type { State } from "../(_shared)/define.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { readBody } from "../(_shared)/read_body.ts";

type Env = { Bindings: State };

/** Takes a request with its state as bindings: `hooks.fetch(req, ctx.state)`. */
export const hooks = new Hono<Env>()
  .post("/hooks/app/:appId/data-deletion", async (c) => {
    const door = await c.env.core.dataDeletions.door(c.req.param("appId"));
    const request = await readRequest(c, door);
    if (!request.ok) return request.error;
    const answer = await request.value.door.receive(request.value.request, c.req.raw.signal);
    return answer.ok ? Response.json(answer.value) : refusal(answer.error);
  })
  .all("/hooks/app/:appId", async (c) => {
    const taken = await deliver(c, await c.env.core.inbound.door({ appId: c.req.param("appId") }));
    if (!taken.ok) return taken.error;
    // Whatever it named: a provider that reads anything else stops delivering for every account.
    return Response.json({ ok: true });
  })
  .all("/hooks/:channelId", async (c) => {
    const channelId = c.req.param("channelId");
    const taken = await deliver(c, await c.env.core.inbound.door({ channelId }));
    if (!taken.ok) return taken.error;
    const { journalId, isRepeated } = taken.value;
    return Response.json({ journalId }, { status: isRepeated ? 200 : 202 });
  })
  .notFound(() => errorResponse({ code: "no_such_address" }))
  .onError((error, c) => {
    // The provider tries again: nothing was promised to it.
    c.env.core.ports.log("error", "delivery failed", { error: error.stack ?? String(error) });
    return errorResponse({ code: "internal" });
  });

/** Takes what was sent to a door; the error is the answer, also to a provider's set-up request. */
async function deliver(
  c: Context<Env>,
  found: Result<Door, ReceiveError>,
): Promise<Result<Received, Response>> {
  const read = await readRequest(c, found);
  if (!read.ok) return read;
  const { door, request } = read.value;
  const { signal } = c.req.raw;
  const answer = await door.handshake(request, signal);
  if (answer !== null) return err(answer);
  const received = await door.receive(request, signal);
  return received.ok ? received : err(refusal(received.error));
}

/** Reads a body only once it is known who takes it, and that it may be taken; the error is the answer. */
async function readRequest<D extends Pick<Door, "maxBytes" | "refuses">>(
  { req: { raw, url } }: Context<Env>,
  found: Result<D, ReceiveError>,
): Promise<Result<{ readonly door: D; readonly request: WebhookRequest }, Response>> {
  if (!found.ok) {
    await raw.body?.cancel();
    return err(refusal(found.error));
  }
  const door = found.value;
  const refused = raw.body === null ? null : door.refuses(raw.headers);
  if (refused !== null) {
    await raw.body?.cancel();
    return err(refusal(refused));
  }
  const body = await readBody(raw, door.maxBytes);
  if (!body.ok) return err(errorResponse(body.error));
  const { method, headers } = raw;
  return ok({ door, request: { method, url: new URL(url), headers, body: body.value } });
}

function refusal(error: ReceiveError): Response {
  switch (error.code) {
    case "no_channel":
      return errorResponse({ code: "not_found", what: "channel" });
    case "paused":
      return errorResponse({ code: "unavailable", message: "The channel is paused." });
    case "unavailable":
      return errorResponse({ code: "unavailable", message: "This cannot be taken right now." });
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
