import { Hono } from "hono";
import { ApiDelivery } from "@/core/model/api_admin.ts";
import { ApiNoBody, ApiNoQuery } from "@/core/model/api_inputs.ts";
import { deliveryView } from "../(_shared)/views.ts";
import { answer } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

/** `/deliveries`: the journal of what came in. */
export const deliveries = new Hono<ApiEnv>()
  .post(
    "/:id/replay",
    operation({
      id: "replayDelivery",
      tag: "Channels",
      summary: "Read a delivery once more, after what it failed on was mended",
      answers: { 202: ApiDelivery },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiNoBody),
    async (c) =>
      await answer(
        await c.env.core.inbound.replay(c.var.caller, c.req.param("id")),
        deliveryView,
        202,
      ),
  );
