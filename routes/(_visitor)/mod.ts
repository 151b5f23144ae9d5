/** The visitor API: what the widget (and a mobile app) talks to. Mounted by `main.ts` at `/visitor/v1/*`. */
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { VisitorConfigQuery, VisitorEmailInput } from "@/core/model/visitor_api.ts";
import { answer, done } from "../(_api)/answer.ts";
import { body, query } from "../(_api)/input.ts";
import { JSON_BODY, takeBody } from "../(_api)/take_body.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { attachments } from "./attachments.ts";
import { conversations } from "./conversations.ts";
import { cors } from "./cors.ts";
import type { VisitorEnv } from "./env.ts";
import { events } from "./events.ts";
import { session } from "./session.ts";
import { requireVisitor } from "./require_visitor.ts";
import { configJson } from "./shapes.ts";

const channel = new Hono<VisitorEnv>()
  .get("/config", query(VisitorConfigQuery), async (c) => {
    const config = await c.env.core.visitors.config(c.req.param("channelId") ?? "");
    return await answer(config, configJson);
  })
  .route("/session", session)
  .put(
    "/email",
    requireVisitor,
    takeBody(() => JSON_BODY),
    body(VisitorEmailInput),
    async (c) => {
      const { core, remoteAddress } = c.env;
      const { email } = c.req.valid("json");
      return done(await core.visitors.leaveEmail(c.var.visitor, email, remoteAddress));
    },
  )
  .route("/conversations", conversations)
  .route("/attachments", attachments)
  .route("/events", events);

/** Takes a request with its state as bindings: `visitorApi.fetch(req, ctx.state)`. */
export const visitorApi = new Hono<VisitorEnv>()
  .use("/visitor/v1/:channelId/*", cors)
  .route("/visitor/v1/:channelId", channel)
  .notFound(() => errorResponse({ code: "no_such_address" }))
  .onError((error, c) => {
    // The only one our handlers can cause: a body that says it is JSON and is not.
    if (error instanceof HTTPException && error.status === 400) {
      return errorResponse({ code: "malformed_body", message: "The body is not valid JSON." });
    }
    c.env.core.ports.log("error", "visitor request failed", {
      method: c.req.method,
      route: c.req.routePath,
      error: error.stack ?? String(error),
    });
    return errorResponse({ code: "internal" });
  });
