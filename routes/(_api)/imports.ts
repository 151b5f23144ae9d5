import { Hono } from "hono";
import { ApiHistoryFolder, ApiImport } from "@/core/model/api_admin.ts";
import { ApiImportInput, ApiNoBody, ApiNoQuery } from "@/core/model/api_inputs.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { importView } from "../(_shared)/views.ts";
import { answer } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Channels";

/** `/channels/:id/imports` and `/channels/:id/folders`: what a channel held before it was connected. */
export const channelImports = new Hono<ApiEnv>()
  .get(
    "/:id/folders",
    operation({
      id: "listFolders",
      tag,
      summary: "The folders a channel's provider keeps, which can be imported",
      answers: { 200: pageOf(ApiHistoryFolder) },
      fails: [403, 404, 409, 422],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.imports.folders(c.var.caller, c.req.param("id"), c.req.raw.signal),
        (folders) => wholePage(folders),
      ),
  )
  .get(
    "/:id/imports",
    operation({
      id: "listImports",
      tag,
      summary: "A channel's imports and how far they are, newest first",
      answers: { 200: pageOf(ApiImport) },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.imports.list(c.var.caller, c.req.param("id")),
        (all) => wholePage(all.map(importView)),
      ),
  )
  .post(
    "/:id/imports",
    operation({
      id: "createImport",
      tag,
      summary: "Import a folder's messages: closed, at their own times, without notifying anybody",
      description:
        "One import of a channel runs at a time; others wait. `job.progress` events tell " +
        "how far it is.",
      answers: { 201: ApiImport },
      fails: [403, 404, 409, 422],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiImportInput),
    idempotent,
    async (c) => {
      const { folder, since } = c.req.valid("json");
      const sinceAt = since === undefined || since === null ? null : Date.parse(since);
      const input = { channelId: c.req.param("id"), folder, sinceAt };
      return await answer(
        await c.env.core.imports.begin(c.var.caller, input, c.var.once),
        importView,
        201,
      );
    },
  );

/** `/imports`: one of them. */
export const imports = new Hono<ApiEnv>()
  .get(
    "/:id",
    operation({
      id: "getImport",
      tag,
      summary: "How far an import is",
      answers: { 200: ApiImport },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(await c.env.core.imports.get(c.var.caller, c.req.param("id")), importView),
  )
  .post(
    "/:id/cancel",
    operation({
      id: "cancelImport",
      tag,
      summary: "Stop an import where it is; what it brought stays",
      answers: { 200: ApiImport },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiNoBody),
    async (c) =>
      await answer(await c.env.core.imports.cancel(c.var.caller, c.req.param("id")), importView),
  )
  .post(
    "/:id/resume",
    operation({
      id: "resumeImport",
      tag,
      summary: "Go on with an import that failed or was canceled",
      answers: { 200: ApiImport },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiNoBody),
    async (c) =>
      await answer(await c.env.core.imports.resume(c.var.caller, c.req.param("id")), importView),
  );
