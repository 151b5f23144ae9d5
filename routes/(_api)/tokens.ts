import { Hono } from "hono";
import { ApiToken, ApiTokenCreated } from "@/core/model/api_admin.ts";
import { ApiNoQuery, ApiTokenInput } from "@/core/model/api_inputs.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { tokenView } from "../(_shared)/views.ts";
import { answer, done } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "API tokens";

/** `/tokens`: what automation signs in with. */
export const tokens = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listTokens",
      tag,
      summary: "API tokens, without their secrets",
      answers: { 200: pageOf(ApiToken) },
      fails: [403],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.access.tokens(c.var.caller),
        (all) => wholePage(all.map(tokenView)),
      ),
  )
  .post(
    "/",
    operation({
      id: "createToken",
      tag,
      summary: "Make an API token; its secret is told this once",
      answers: { 201: ApiTokenCreated },
      fails: [403],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiTokenInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.access.createToken(c.var.caller, c.req.valid("json"), c.var.once),
        ({ token, record }) => ({ ...tokenView(record), token }),
        201,
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "revokeToken",
      tag,
      summary: "Make a token useless",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.access.revokeToken(c.var.caller, c.req.param("id"))),
  );
