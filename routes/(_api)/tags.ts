import { Hono } from "hono";
import { ApiTag, ApiTagUse } from "@/core/model/api.ts";
import { ApiNoQuery, ApiTagInput, ApiTagMerge, ApiTagPatch } from "@/core/model/api_inputs.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { tagView } from "../(_shared)/tag_view.ts";
import { answer, done, json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Tags";

/** `/tags`: words on conversations. */
export const tags = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listTags",
      tag,
      summary: "All tags, by name",
      answers: { 200: pageOf(ApiTagUse) },
    }),
    query(ApiNoQuery),
    async (c) => {
      const all = await c.env.core.tags.list(c.var.caller);
      return json(wholePage(all.map(({ liveCount, ...one }) => ({ ...tagView(one), liveCount }))));
    },
  )
  .post(
    "/",
    operation({
      id: "createTag",
      tag,
      summary: "Make a tag; one that is used on a conversation for the first time is made by that",
      answers: { 201: ApiTag },
      fails: [403, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiTagInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.tags.create(c.var.caller, c.req.valid("json"), c.var.once),
        tagView,
        201,
      ),
  )
  .patch(
    "/:id",
    operation({
      id: "updateTag",
      tag,
      summary: "Rename or recolour a tag",
      description: "Conversations follow a little later; the old name goes on meaning this tag.",
      answers: { 200: ApiTag },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiTagPatch),
    async (c) =>
      await answer(
        await c.env.core.tags.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        tagView,
      ),
  )
  .post(
    "/:id/merge",
    operation({
      id: "mergeTag",
      tag,
      summary: "Put another tag in its place, on all conversations",
      answers: { 200: ApiTag },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiTagMerge),
    async (c) =>
      await answer(
        await c.env.core.tags.merge(
          c.var.caller,
          c.req.param("id"),
          c.req.valid("json").intoId,
        ),
        tagView,
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "deleteTag",
      tag,
      summary: "Delete a tag and take it off all conversations",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.tags.remove(c.var.caller, c.req.param("id"))),
  );
