import { Hono } from "hono";
import { ApiDraft, ApiDraftLines, ApiDrafts, ApiPresence } from "@/core/model/api.ts";
import {
  ApiDraftInput,
  ApiDraftQuery,
  ApiNoQuery,
  ApiPresenceInput,
} from "@/core/model/api_inputs.ts";
import { DraftKind } from "@/core/model/draft.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { draftLineView, draftsView, draftView } from "../(_shared)/draft_views.ts";
import { answer, done, json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Drafts";

/** `/conversations/:id/drafts` and `/conversations/:id/presence`: what is being written there, and who is there. */
export const conversationDrafts = new Hono<ApiEnv>()
  .get(
    "/:id/drafts",
    operation({
      id: "listDrafts",
      tag,
      summary: "The caller's drafts in a conversation, and who else has one there",
      answers: { 200: ApiDrafts },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) => {
      const { drafts, attachments } = c.env.core;
      return await answer(
        await drafts.of(c.var.caller, c.req.param("id")),
        (found) => draftsView(found, attachments.sign),
      );
    },
  )
  .put(
    "/:id/drafts/:kind",
    operation({
      id: "saveDraft",
      tag,
      summary: "Keep what the caller is writing, for 30 days",
      description:
        "At most 64 KiB of text. 409 when this draft was sent already. Its author's other streams get `draft`.",
      answers: { 200: ApiDraft },
      fails: [403, 404, 409, 413],
    }),
    query(ApiNoQuery),
    body(ApiDraftInput),
    async (c) => {
      const { drafts, attachments } = c.env.core;
      const kind = DraftKind.safeParse(c.req.param("kind"));
      if (!kind.success) return errorResponse({ code: "no_such_address" });
      const input = c.req.valid("json");
      return await answer(
        await drafts.save(c.var.caller, c.req.param("id"), kind.data, input),
        (draft) => draftView(draft, attachments.sign),
      );
    },
  )
  .delete(
    "/:id/drafts/:kind",
    operation({
      id: "deleteDraft",
      tag,
      summary: "Throw a draft away; with `version` only while it is that one",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiDraftQuery),
    async (c) => {
      const kind = DraftKind.safeParse(c.req.param("kind"));
      if (!kind.success) return errorResponse({ code: "no_such_address" });
      const { drafts } = c.env.core;
      const id = c.req.param("id");
      return done(await drafts.discard(c.var.caller, id, kind.data, c.req.valid("query")));
    },
  )
  .post(
    "/:id/presence",
    operation({
      id: "attendConversation",
      tag,
      summary: "Say that the caller has a conversation open, or left it",
      description:
        "Repeat `viewing` every 15 seconds: it counts for 35. `idle`, where nobody looks at it now, counts for 100. Answers who else is there.",
      answers: { 200: ApiPresence },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiPresenceInput),
    async (c) => {
      const { state, tab = "" } = c.req.valid("json");
      const conversationId = c.req.param("id");
      return await answer(
        await c.env.core.desk.say(c.var.caller, conversationId, state, tab),
        (people) => ({ conversationId, people }),
      );
    },
  );

/** `/drafts`: all of the caller's. */
export const ownDrafts = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listOwnDrafts",
      tag,
      summary: "The first words of all of the caller's drafts, the latest first",
      answers: { 200: ApiDraftLines },
    }),
    query(ApiNoQuery),
    async (c) => json({ items: (await c.env.core.drafts.lines(c.var.caller)).map(draftLineView) }),
  );
