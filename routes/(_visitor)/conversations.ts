import { Hono } from "hono";
import {
  VisitorHistoryQuery,
  VisitorMessageInput,
  VisitorStartInput,
  VisitorTypingInput,
} from "@/core/model/visitor_api.ts";
import { ApiNoQuery } from "@/core/model/api_inputs.ts";
import { answer, done, json } from "../(_api)/answer.ts";
import { body, query } from "../(_api)/input.ts";
import { JSON_BODY, takeBody } from "../(_api)/take_body.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { wholePage } from "../(_shared)/paging.ts";
import type { VisitorEnv } from "./env.ts";
import { requireVisitor } from "./require_visitor.ts";
import { conversationJson, messageJson } from "./shapes.ts";

/** `/conversations`: a visitor's own, with their messages. */
export const conversations = new Hono<VisitorEnv>()
  .use(requireVisitor, takeBody(() => JSON_BODY))
  .get("/", query(ApiNoQuery), async (c) => {
    const all = await c.env.core.visitors.conversations(c.var.visitor);
    return json(wholePage(all.map(conversationJson)));
  })
  .post("/", body(VisitorStartInput), async (c) => {
    const { core, remoteAddress } = c.env;
    const { message } = c.req.valid("json");
    const posted = await core.visitors.start(c.var.visitor, message, remoteAddress);
    if (!posted.ok) return errorResponse(posted.error);
    const { conversationId } = posted.value.message;
    const begun = await core.visitors.conversation(c.var.visitor, conversationId);
    return await answer(begun, (conversation) => ({
      ...conversationJson(conversation),
      message: messageJson(posted.value.message),
    }), posted.value.isReplay ? 200 : 201);
  })
  .get("/:id", query(ApiNoQuery), async (c) => {
    const found = await c.env.core.visitors.conversation(c.var.visitor, c.req.param("id"));
    return await answer(found, conversationJson);
  })
  .get("/:id/messages", query(VisitorHistoryQuery), async (c) => {
    const asked = c.req.valid("query");
    const page = await c.env.core.visitors.messages(c.var.visitor, c.req.param("id"), asked);
    return await answer(page, ({ items, hasMore }) => {
      // Going on: after the last one when reading forwards, else before the first.
      const edge = asked.after === undefined ? items[0] : items.at(-1);
      return { items: items.map(messageJson), next: hasMore ? edge?.id ?? null : null };
    });
  })
  .post("/:id/messages", body(VisitorMessageInput), async (c) => {
    const { core, remoteAddress } = c.env;
    const posted = await core.visitors.post(
      c.var.visitor,
      c.req.param("id"),
      c.req.valid("json"),
      remoteAddress,
    );
    if (!posted.ok) return errorResponse(posted.error);
    return json(messageJson(posted.value.message), posted.value.isReplay ? 200 : 201);
  })
  .post("/:id/typing", body(VisitorTypingInput), async (c) => {
    const { isTyping } = c.req.valid("json");
    const { visitors } = c.env.core;
    return done(await visitors.setTyping(c.var.visitor, c.req.param("id"), isTyping));
  })
  .post("/:id/:receipt{read|delivered}", async (c) => {
    const receipt = c.req.param("receipt") === "read" ? "read" : "delivered";
    const { visitors } = c.env.core;
    return done(await visitors.acknowledge(c.var.visitor, c.req.param("id"), receipt));
  });
