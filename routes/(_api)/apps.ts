import { Hono } from "hono";
import { ApiApp, ApiAppType } from "@/core/model/api.ts";
import { ApiAppInput, ApiAppPatch, ApiNoQuery } from "@/core/model/api_inputs.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { appTypeView, appView } from "../(_shared)/views.ts";
import { answer, done } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Apps";

/** `/apps`: credentials shared by channels. */
export const apps = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listApps",
      tag,
      summary: "All apps",
      answers: { 200: pageOf(ApiApp) },
      fails: [403],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.apps.list(c.var.caller),
        (all) => wholePage(all.map(appView)),
      ),
  )
  .post(
    "/",
    operation({
      id: "createApp",
      tag,
      summary: "Add a client registered with a provider",
      answers: { 201: ApiApp },
      fails: [403],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiAppInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.apps.create(c.var.caller, c.req.valid("json"), c.var.once),
        appView,
        201,
      ),
  )
  .get(
    "/:id",
    operation({
      id: "getApp",
      tag,
      summary: 'One app; secrets read as `{"set": true}`',
      answers: { 200: ApiApp },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) => await answer(await c.env.core.apps.get(c.var.caller, c.req.param("id")), appView),
  )
  .patch(
    "/:id",
    operation({
      id: "updateApp",
      tag,
      summary: "Change an app's name or config",
      answers: { 200: ApiApp },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiAppPatch),
    async (c) =>
      await answer(
        await c.env.core.apps.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        appView,
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "deleteApp",
      tag,
      summary: "Remove an app that no channel uses",
      answers: { 204: null },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.apps.remove(c.var.caller, c.req.param("id"))),
  );

/** `/app-types`: kinds of apps that channels may use. */
export const appTypes = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listAppTypes",
      tag,
      summary: "Kinds of apps, the JSON Schema of their config, and how one is made",
      answers: { 200: pageOf(ApiAppType) },
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        { ok: true, value: c.env.core.apps.types() },
        (types) => wholePage(types.map(appTypeView)),
      ),
  );
