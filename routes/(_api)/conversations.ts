import { Hono } from "hono";
import {
  ApiConversation,
  ApiConversationPatch,
  ApiConversationQuery,
  ApiCounts,
} from "@/core/model/api.ts";
import { ApiBulkResults } from "@/core/model/api_admin.ts";
import {
  ApiBulkInput,
  ApiNoBody,
  ApiNoQuery,
  ApiReadInput,
  ApiTypingInput,
} from "@/core/model/api_inputs.ts";
import { pageOf } from "../(_shared)/paging.ts";
import { can } from "@/core/mod.ts";
import { errorResponse, toProblem } from "../(_shared)/http_error.ts";
import { conversationView } from "../(_shared)/views.ts";
import { answer, json } from "./answer.ts";
import { conversationPatch } from "./conversation_patch.ts";
import type { ApiEnv } from "./env.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Conversations";

/** `/conversations`: threads with contacts. */
export const conversations = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listConversations",
      tag,
      summary: "Conversations of a view, open ones by default",
      answers: { 200: pageOf(ApiConversation) },
      fails: [404],
    }),
    query(ApiConversationQuery),
    async (c) => {
      const { q, ...query } = c.req.valid("query");
      const { conversations, search } = c.env.core;
      return await answer(
        q === undefined
          ? await conversations.list(c.var.caller, query)
          : await search.list(c.var.caller, { ...query, q }, c.req.raw.signal),
        ({ items, next }) => ({ items: items.map(conversationView), next }),
      );
    },
  )
  .get(
    "/counts",
    operation({
      id: "countConversations",
      tag,
      summary: 'How many conversations each view holds, per inbox and under "all"',
      answers: { 200: ApiCounts },
    }),
    query(ApiNoQuery),
    async (c) => json(await c.env.core.conversations.counts(c.var.caller)),
  )
  .post(
    "/bulk",
    operation({
      id: "updateConversations",
      tag,
      summary: "Change up to 100 conversations, one commit each",
      answers: { 200: ApiBulkResults },
    }),
    query(ApiNoQuery),
    body(ApiBulkInput),
    async (c) => {
      const { conversations } = c.env.core;
      const { ids, set, action } = c.req.valid("json");
      const results = [];
      for (const id of new Set(ids)) {
        const result = set && Object.keys(set).length > 0
          ? await conversations.update(c.var.caller, id, conversationPatch(set))
          : await conversations.get(c.var.caller, id);
        const last = !result.ok || action === undefined
          ? result
          : action === "read"
          ? await conversations.markRead(c.var.caller, id)
          : await conversations.markUnread(c.var.caller, id);
        results.push(
          last.ok
            ? { id, ok: true, conversation: conversationView(last.value) }
            : { id, ok: false, error: bulkError(last.error) },
        );
      }
      return json({ results });
    },
  )
  .get(
    "/:id",
    operation({
      id: "getConversation",
      tag,
      summary: "One conversation",
      answers: { 200: ApiConversation },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.conversations.get(c.var.caller, c.req.param("id")),
        conversationView,
      ),
  )
  .patch(
    "/:id",
    operation({
      id: "updateConversation",
      tag,
      summary: "Assign, close, reopen, snooze, move, tag",
      answers: { 200: ApiConversation },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiConversationPatch),
    async (c) =>
      await answer(
        await c.env.core.conversations.update(
          c.var.caller,
          c.req.param("id"),
          conversationPatch(c.req.valid("json")),
        ),
        conversationView,
      ),
  )
  .post(
    "/:id/read",
    operation({
      id: "readConversation",
      tag,
      summary: "Mark a conversation as read by the caller",
      answers: { 200: ApiConversation },
      fails: [404],
    }),
    query(ApiNoQuery),
    body(ApiReadInput),
    async (c) =>
      await answer(
        await c.env.core.conversations.markRead(
          c.var.caller,
          c.req.param("id"),
          c.req.valid("json").seq,
        ),
        conversationView,
      ),
  )
  .post(
    "/:id/unread",
    operation({
      id: "unreadConversation",
      tag,
      summary: "Mark a conversation as unread by the caller, from its latest message on",
      answers: { 200: ApiConversation },
      fails: [404],
    }),
    query(ApiNoQuery),
    body(ApiNoBody),
    async (c) =>
      await answer(
        await c.env.core.conversations.markUnread(c.var.caller, c.req.param("id")),
        conversationView,
      ),
  )
  .post(
    "/:id/typing",
    operation({
      id: "typeInConversation",
      tag,
      summary: "Say that the caller types, or stopped; it counts for six seconds",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiTypingInput),
    async (c) => {
      const { conversations, presence } = c.env.core;
      const { caller } = c.var;
      const found = await conversations.get(caller, c.req.param("id"));
      if (!found.ok) return errorResponse(found.error);
      const { id: conversationId, inboxId } = found.value;
      if (caller.type !== "user" || !can(caller, "conversation.write", { inboxId })) {
        return errorResponse({ code: "forbidden" });
      }
      const who = { type: "user", id: caller.user.id, name: caller.user.name } as const;
      presence.setTyping({ conversationId, who, isTyping: c.req.valid("json").isTyping });
      return new Response(null, { status: 204 });
    },
  );

function bulkError(error: Parameters<typeof toProblem>[0]) {
  const { code, title, detail } = toProblem(error);
  return { code, title, detail };
}
