import { Hono } from "hono";
import { ApiNoQuery } from "@/core/model/api_inputs.ts";
import {
  ApiMacro,
  ApiMacroInput,
  ApiMacroPatch,
  ApiMacroPreview,
  ApiMacroRun,
  ApiMacroRunInput,
} from "@/core/model/api_snippets.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { macroPreviewView, macroRunView, macroView } from "../(_shared)/snippet_views.ts";
import { answer, done, json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Macros";

/** `/macros`: words and actions that are done in one step. */
export const macros = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listMacros",
      tag,
      summary: "All macros the caller may run: their own, their teams', everybody's",
      answers: { 200: pageOf(ApiMacro) },
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.macros.list(c.var.caller),
        (all) => wholePage(all.map(macroView)),
      ),
  )
  .post(
    "/",
    operation({
      id: "createMacro",
      tag,
      summary: "Keep words and actions that are done often",
      answers: { 201: ApiMacro },
      fails: [403, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiMacroInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.macros.create(c.var.caller, c.req.valid("json"), c.var.once),
        macroView,
        201,
      ),
  )
  .get(
    "/:id",
    operation({
      id: "getMacro",
      tag,
      summary: "One macro",
      answers: { 200: ApiMacro },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(await c.env.core.macros.get(c.var.caller, c.req.param("id")), macroView),
  )
  .patch(
    "/:id",
    operation({
      id: "updateMacro",
      tag,
      summary: "Change a macro of one's own, or of others where one manages the workspace",
      answers: { 200: ApiMacro },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiMacroPatch),
    async (c) =>
      await answer(
        await c.env.core.macros.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        macroView,
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "deleteMacro",
      tag,
      summary: "Remove a macro",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.macros.remove(c.var.caller, c.req.param("id"))),
  );

/** `/conversations/:id/macros/:macroId`: a macro and one conversation. */
export const macroRuns = new Hono<ApiEnv>()
  .get(
    "/:id/macros/:macroId",
    operation({
      id: "previewMacro",
      tag,
      summary: "What a macro would do to a conversation",
      answers: { 200: ApiMacroPreview },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) => {
      const { id, macroId } = c.req.param();
      return await answer(
        await c.env.core.macros.preview(c.var.caller, id, macroId),
        macroPreviewView,
      );
    },
  )
  .post(
    "/:id/macros/:macroId",
    operation({
      id: "runMacro",
      tag,
      summary: "Run a macro on a conversation",
      description:
        "Its reply or comment and all it changes are one commit. Where it has both a reply and a comment, the comment comes after; `failed` says why it is missing. 409 with `ifVersion` and newer messages.",
      answers: { 200: ApiMacroRun },
      fails: [403, 404, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiMacroRunInput),
    idempotent,
    async (c) => {
      const { macros, conversations, attachments } = c.env.core;
      const { caller, once } = c.var;
      const { id, macroId } = c.req.param();
      const ran = await macros.run(caller, id, macroId, c.req.valid("json"), once);
      if (!ran.ok) return errorResponse(ran.error);
      const row = await conversations.row(caller, ran.value.conversation);
      return json(await macroRunView(ran.value, row, attachments.sign));
    },
  );
