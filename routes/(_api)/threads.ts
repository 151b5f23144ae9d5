import { Hono } from "hono";
import { ApiConversation } from "@/core/model/api.ts";
import { ApiMergeInput, ApiNoQuery, ApiSplitInput } from "@/core/model/api_inputs.ts";
import { conversationView } from "../(_shared)/views.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { answer, json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Conversations";

/** `/conversations/:id/split` and `/merge`: threads taken apart and put together. */
export const threads = new Hono<ApiEnv>()
  .post(
    "/:id/split",
    operation({
      id: "splitConversation",
      tag,
      summary: "Make a conversation of its own out of a message and everything after it",
      description:
        "Answers the new conversation. What comes later goes where the message it answers lies.",
      answers: { 201: ApiConversation },
      fails: [403, 404, 409, 422],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiSplitInput),
    idempotent,
    async (c) => {
      const { messageId } = c.req.valid("json");
      const id = c.req.param("id");
      const split = await c.env.core.threads.split(c.var.caller, id, messageId, c.var.once);
      return split.ok ? json(conversationView(split.value), 201) : errorResponse(split.error);
    },
  )
  .post(
    "/:id/merge",
    operation({
      id: "mergeConversation",
      tag,
      summary: "Make a conversation part of another",
      description:
        "Its messages stand behind the other's. It stays readable with `mergedIntoId`, and what is meant for it goes to the other.",
      answers: { 200: ApiConversation },
      fails: [403, 404, 409, 422],
    }),
    query(ApiNoQuery),
    body(ApiMergeInput),
    async (c) =>
      await answer(
        await c.env.core.threads.merge(
          c.var.caller,
          c.req.param("id"),
          c.req.valid("json").intoId,
        ),
        conversationView,
      ),
  );
