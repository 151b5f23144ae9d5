import { Hono } from "hono";
import { ApiThreadRule } from "@/core/model/api.ts";
import { ApiNoQuery, ApiThreadRuleInput } from "@/core/model/api_inputs.ts";
import type { ThreadRule } from "@/core/model/thread_rule.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { isoTime } from "../(_shared)/views.ts";
import { answer, json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Channels";

/** `/channels/:id/thread-rules`: what agents decided about senders' mail once and for all. */
export const threadRules = new Hono<ApiEnv>()
  .get(
    "/:id/thread-rules",
    operation({
      id: "listThreadRules",
      tag,
      summary:
        "What is always done with a sender's mail: joined to their latest conversation, or split",
      answers: { 200: pageOf(ApiThreadRule) },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.threadRules.list(c.var.caller, c.req.param("id")),
        (rules) => wholePage(rules.map(view)),
      ),
  )
  .post(
    "/:id/thread-rules",
    operation({
      id: "addThreadRule",
      tag,
      summary: "Always do so with a sender's mail",
      description: "The same decision again answers the first.",
      answers: { 201: ApiThreadRule },
      fails: [403, 404, 409, 422],
    }),
    query(ApiNoQuery),
    body(ApiThreadRuleInput),
    async (c) => {
      const { threadRules } = c.env.core;
      const added = await threadRules.add(c.var.caller, c.req.param("id"), c.req.valid("json"));
      return added.ok ? json(view(added.value), 201) : errorResponse(added.error);
    },
  )
  .delete(
    "/:id/thread-rules/:ruleId",
    operation({
      id: "removeThreadRule",
      tag,
      summary: "No longer do so",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) => {
      const { id, ruleId } = c.req.param();
      const removed = await c.env.core.threadRules.remove(c.var.caller, id, ruleId);
      return removed.ok ? new Response(null, { status: 204 }) : errorResponse(removed.error);
    },
  );

function view({ createdAt, ...rule }: ThreadRule) {
  return { ...rule, createdAt: isoTime(createdAt) };
}
