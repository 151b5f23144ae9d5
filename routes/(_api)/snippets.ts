import { Hono } from "hono";
import { ApiNoBody, ApiNoQuery } from "@/core/model/api_inputs.ts";
import {
  ApiFilledSnippet,
  ApiFillQuery,
  ApiSnippet,
  ApiSnippetInput,
  ApiSnippetPatch,
} from "@/core/model/api_snippets.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { filledView, snippetView } from "../(_shared)/snippet_views.ts";
import { answer, done } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Snippets";

/** `/snippets`: words that are written often. */
export const snippets = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listSnippets",
      tag,
      summary: "All snippets the caller may use: their own, their teams', everybody's",
      answers: { 200: pageOf(ApiSnippet) },
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.snippets.list(c.var.caller),
        (all) => wholePage(all.map(snippetView)),
      ),
  )
  .post(
    "/",
    operation({
      id: "createSnippet",
      tag,
      summary: "Keep words that are written often",
      description: "A field that is none is refused. 409 for a shortcut the caller already sees.",
      answers: { 201: ApiSnippet },
      fails: [403, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiSnippetInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.snippets.create(c.var.caller, c.req.valid("json"), c.var.once),
        snippetView,
        201,
      ),
  )
  .get(
    "/:id",
    operation({
      id: "getSnippet",
      tag,
      summary: "One snippet",
      answers: { 200: ApiSnippet },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(await c.env.core.snippets.get(c.var.caller, c.req.param("id")), snippetView),
  )
  .patch(
    "/:id",
    operation({
      id: "updateSnippet",
      tag,
      summary: "Change a snippet of one's own, or of others where one manages the workspace",
      answers: { 200: ApiSnippet },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiSnippetPatch),
    async (c) =>
      await answer(
        await c.env.core.snippets.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        snippetView,
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "deleteSnippet",
      tag,
      summary: "Remove a snippet",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.snippets.remove(c.var.caller, c.req.param("id"))),
  )
  .get(
    "/:id/filled",
    operation({
      id: "fillSnippet",
      tag,
      summary: "Its words for a conversation, with the fields filled in",
      answers: { 200: ApiFilledSnippet },
      fails: [404],
    }),
    query(ApiFillQuery),
    async (c) =>
      await answer(
        await c.env.core.snippets.fill(
          c.var.caller,
          c.req.param("id"),
          c.req.valid("query").conversationId,
        ),
        filledView,
      ),
  )
  .post(
    "/:id/use",
    operation({
      id: "useSnippet",
      tag,
      summary: "Say that it was put into a message, so that it is counted",
      answers: { 204: null },
      fails: [404],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiNoBody),
    idempotent,
    async (c) => done(await c.env.core.snippets.use(c.var.caller, c.req.param("id"), c.var.once)),
  );
