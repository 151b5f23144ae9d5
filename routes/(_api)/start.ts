import { Hono } from "hono";
import { ApiConversation } from "@/core/model/api.ts";
import { ApiConversationInput, ApiNoQuery } from "@/core/model/api_inputs.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { conversationView } from "../(_shared)/views.ts";
import { answer } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

/** `POST /conversations`: a customer is written to first. */
export const start = new Hono<ApiEnv>()
  .post(
    "/",
    operation({
      id: "startConversation",
      tag: "Conversations",
      summary: "Write to a customer first",
      description:
        "By mail to any address, which begins a conversation assigned to the caller. Over other channels only to a contact who wrote there: their latest conversation goes on, and is opened. 422 where the channel's customers cannot be written to first; taking its message back before it left puts a new conversation in the trash.",
      answers: { 201: ApiConversation },
      fails: [403, 404, 409, 422],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiConversationInput),
    idempotent,
    async (c) => {
      const { messages, conversations } = c.env.core;
      const { to, sendAt, ...rest } = c.req.valid("json");
      const started = await messages.start(c.var.caller, {
        ...rest,
        ...to !== undefined && { to: typeof to === "string" ? [to] : to },
        ...sendAt !== undefined && { sendAt: Date.parse(sendAt) },
      }, c.var.once);
      if (!started.ok) return errorResponse(started.error);
      const { id } = started.value.conversation;
      return await answer(await conversations.get(c.var.caller, id), conversationView, 201);
    },
  );
