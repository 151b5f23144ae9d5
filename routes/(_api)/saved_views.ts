import { Hono } from "hono";
import { ApiNoQuery } from "@/core/model/api_inputs.ts";
import { ApiView, ApiViewInput, ApiViewPatch } from "@/core/model/api_views.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { savedView } from "../(_shared)/saved_view.ts";
import { answer, done, json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Views";

/** `/views`: saved filters, private or shared. */
export const savedViews = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listViews",
      tag,
      summary: "The saved views the caller sees, in their order",
      answers: { 200: pageOf(ApiView) },
    }),
    query(ApiNoQuery),
    async (c) => {
      const all = await c.env.core.views.list(c.var.caller);
      return json(wholePage(all.map((view) => savedView(view, c.var.caller))));
    },
  )
  .post(
    "/",
    operation({
      id: "createView",
      tag,
      summary: "Save a filter as a view",
      answers: { 201: ApiView },
      fails: [403, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiViewInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.views.create(c.var.caller, c.req.valid("json"), c.var.once),
        (view) => savedView(view, c.var.caller),
        201,
      ),
  )
  .get(
    "/:id",
    operation({
      id: "getView",
      tag,
      summary: "One saved view",
      answers: { 200: ApiView },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.views.get(c.var.caller, c.req.param("id")),
        (view) => savedView(view, c.var.caller),
      ),
  )
  .patch(
    "/:id",
    operation({
      id: "updateView",
      tag,
      summary: "Rename, change, share or move a view",
      answers: { 200: ApiView },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiViewPatch),
    async (c) =>
      await answer(
        await c.env.core.views.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        (view) => savedView(view, c.var.caller),
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "deleteView",
      tag,
      summary: "Delete a view; what it holds stays",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.views.remove(c.var.caller, c.req.param("id"))),
  );
