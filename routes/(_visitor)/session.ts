import { Hono } from "hono";
import { VisitorSessionInput } from "@/core/model/visitor_api.ts";
import { answer } from "../(_api)/answer.ts";
import { body } from "../(_api)/input.ts";
import { JSON_BODY, takeBody } from "../(_api)/take_body.ts";
import { isoTime } from "../(_shared)/views.ts";
import type { VisitorEnv } from "./env.ts";
import { requireVisitor } from "./require_visitor.ts";

/** `/session`: begins a visitor's session, ends it. */
export const session = new Hono<VisitorEnv>()
  .post("/", takeBody(() => JSON_BODY), body(VisitorSessionInput), async (c) => {
    const { identity, page, locale, continue: link } = c.req.valid("json");
    const { core, remoteAddress } = c.env;
    const created = await core.visitors.createSession(c.req.param("channelId") ?? "", {
      identityToken: identity?.token,
      page,
      locale,
      continueToken: link?.token,
      remoteAddress,
    });
    return await answer(created, ({ token, visitor, hasEmail, conversationId }) => ({
      token,
      visitorId: visitor.id,
      expiresAt: isoTime(visitor.expiresAt),
      hasEmail,
      ...conversationId !== null && { conversationId },
    }), 201);
  })
  .delete("/", requireVisitor, async (c) => {
    await c.env.core.visitors.endSession(c.var.visitor);
    return new Response(null, { status: 204 });
  });
