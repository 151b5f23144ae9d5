import { Hono } from "hono";
import { ApiInbox } from "@/core/model/api.ts";
import { ApiInboxInput, ApiInboxPatch, ApiNoQuery } from "@/core/model/api_inputs.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { inboxView } from "../(_shared)/views.ts";
import { answer, done } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Inboxes";

/** `/inboxes`: where teams work. */
export const inboxes = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listInboxes",
      tag,
      summary: "The inboxes the caller may see",
      answers: { 200: pageOf(ApiInbox) },
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.inboxes.list(c.var.caller),
        (all) => wholePage(all.map(inboxView)),
      ),
  )
  .post(
    "/",
    operation({
      id: "createInbox",
      tag,
      summary: "Make an inbox",
      answers: { 201: ApiInbox },
      fails: [403],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiInboxInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.inboxes.create(c.var.caller, c.req.valid("json"), c.var.once),
        inboxView,
        201,
      ),
  )
  .get(
    "/:id",
    operation({
      id: "getInbox",
      tag,
      summary: "One inbox",
      answers: { 200: ApiInbox },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(await c.env.core.inboxes.get(c.var.caller, c.req.param("id")), inboxView),
  )
  .patch(
    "/:id",
    operation({
      id: "updateInbox",
      tag,
      summary: "Rename an inbox or set its members",
      answers: { 200: ApiInbox },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiInboxPatch),
    async (c) =>
      await answer(
        await c.env.core.inboxes.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        inboxView,
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "deleteInbox",
      tag,
      summary: "Remove an inbox that holds no channels and no conversations",
      answers: { 204: null },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.inboxes.remove(c.var.caller, c.req.param("id"))),
  );
