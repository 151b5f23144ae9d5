import { Hono } from "hono";
import { ApiMessage } from "@/core/model/api.ts";
import { ApiForwardInput, ApiNoQuery } from "@/core/model/api_inputs.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { messageView } from "../(_shared)/views.ts";
import { json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

/** `/conversations/:id/forward`: what somebody outside is told, and asked. */
export const forward = new Hono<ApiEnv>()
  .post(
    "/:id/forward",
    operation({
      id: "forwardConversation",
      tag: "Messages",
      summary: "Mail a message, or the whole conversation, to somebody outside",
      description:
        "A comment with `aside`, which the customer never sees; neither do they see the answers, which come into the thread. With `messageId` of such an answer it answers that one. By the conversation's mailbox, else one of its inbox: 422 where there is none.",
      answers: { 201: ApiMessage },
      fails: [403, 404, 409, 422],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiForwardInput),
    idempotent,
    async (c) => {
      const { messages, attachments } = c.env.core;
      const { to, ...rest } = c.req.valid("json");
      const input = { ...rest, ...to !== undefined && { to: typeof to === "string" ? [to] : to } };
      const posted = await messages.forward(c.var.caller, c.req.param("id"), input, c.var.once);
      return posted.ok
        ? json(await messageView(posted.value.message, attachments.sign), 201)
        : errorResponse(posted.error);
    },
  );
