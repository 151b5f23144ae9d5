import { Hono } from "hono";
import { ApiMessage, ApiMessageInput, ApiReplyDefaults } from "@/core/model/api.ts";
import {
  ApiHtmlQuery,
  ApiMessageQuery,
  ApiNoBody,
  ApiNoQuery,
  ApiRescheduleInput,
} from "@/core/model/api_inputs.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { pageOf } from "../(_shared)/paging.ts";
import { messageView, replyDefaultsView } from "../(_shared)/views.ts";
import { answer, json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { fileResponse } from "./file_response.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { mailFrame } from "./mail_frame.ts";
import { messageInput } from "./message_input.ts";
import { messagePlace, nextMessages } from "./message_place.ts";
import { operation } from "./operation.ts";

const tag = "Messages";

/** `/conversations/:id/messages`: a thread. */
export const threadMessages = new Hono<ApiEnv>()
  .get(
    "/:id/messages",
    operation({
      id: "listMessages",
      tag,
      summary: "The latest page of a thread, oldest first within it",
      answers: { 200: pageOf(ApiMessage) },
      fails: [404],
    }),
    query(ApiMessageQuery),
    async (c) => {
      const { messages, attachments } = c.env.core;
      const place = messagePlace(c.req.valid("query"));
      return await answer(
        await messages.list(c.var.caller, c.req.param("id"), place),
        async ({ items, next }) => ({
          items: await Promise.all(items.map((item) => messageView(item, attachments.sign))),
          next: nextMessages(place, next),
        }),
      );
    },
  )
  .post(
    "/:id/messages",
    operation({
      id: "postMessage",
      tag,
      summary: "Reply to the contact, or comment for the team",
      description:
        "With `ifVersion` and newer messages since: 409 with `version` and `messages`, and nothing is sent. The same `id` and body again answers the first result.",
      answers: { 201: ApiMessage },
      fails: [403, 404, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiMessageInput),
    idempotent,
    async (c) => {
      const { messages, attachments } = c.env.core;
      const id = c.req.param("id");
      const input = messageInput(c.req.valid("json"));
      const posted = await messages.post(c.var.caller, id, input, c.var.once);
      if (posted.ok) return json(await messageView(posted.value.message, attachments.sign), 201);
      if (posted.error.code !== "version_conflict") return errorResponse(posted.error);
      // The author sees what came meanwhile without asking again.
      const since = await messages.list(c.var.caller, id, {
        afterSeq: posted.error.sinceSeq,
        limit: 100,
      });
      const items = since.ok ? since.value.items : [];
      return errorResponse(posted.error, {
        messages: await Promise.all(items.map((item) => messageView(item, attachments.sign))),
      });
    },
  );

/** `/conversations/:id/reply`: what an answer would be. */
export const replyDefaults = new Hono<ApiEnv>()
  .get(
    "/:id/reply",
    operation({
      id: "getReplyDefaults",
      tag,
      summary: "Who a reply by mail goes to unless its author says otherwise",
      description: "422 where the channel writes no letters.",
      answers: { 200: ApiReplyDefaults },
      fails: [404, 422],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.messages.replyDefaults(c.var.caller, c.req.param("id")),
        replyDefaultsView,
      ),
  );

/** `/messages`: one message. */
export const messages = new Hono<ApiEnv>()
  .get(
    "/:id",
    operation({
      id: "getMessage",
      tag,
      summary: "One message, with its HTML sanitised",
      answers: { 200: ApiMessage },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) => {
      const { messages, attachments } = c.env.core;
      const { caller } = c.var;
      const html = await messages.sanitizedHtml(caller, c.req.param("id"));
      if (!html.ok) return errorResponse(html.error);
      return await answer(
        await messages.get(caller, c.req.param("id")),
        async (message) => ({
          ...await messageView(message, attachments.sign),
          ...(html.value !== null && { html: html.value }),
        }),
      );
    },
  )
  .post(
    "/:id/cancel",
    operation({
      id: "cancelMessage",
      tag,
      summary: "Take back a reply that has not left yet",
      answers: { 200: ApiMessage },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiNoBody),
    async (c) => {
      const { messages, attachments } = c.env.core;
      return await answer(
        await messages.cancel(c.var.caller, c.req.param("id")),
        (message) => messageView(message, attachments.sign),
      );
    },
  )
  .post(
    "/:id/retry",
    operation({
      id: "retryMessage",
      tag,
      summary: "Send a failed or doubtful reply again",
      answers: { 200: ApiMessage },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiNoBody),
    async (c) => {
      const { messages, attachments } = c.env.core;
      return await answer(
        await messages.retry(c.var.caller, c.req.param("id")),
        (message) => messageView(message, attachments.sign),
      );
    },
  )
  .post(
    "/:id/reschedule",
    operation({
      id: "rescheduleMessage",
      tag,
      summary: "Let a scheduled reply leave at another time, or now",
      answers: { 200: ApiMessage },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiRescheduleInput),
    async (c) => {
      const { messages, attachments } = c.env.core;
      const { sendAt } = c.req.valid("json");
      const dueAt = sendAt === undefined ? undefined : Date.parse(sendAt);
      return await answer(
        await messages.reschedule(c.var.caller, c.req.param("id"), dueAt),
        (message) => messageView(message, attachments.sign),
      );
    },
  )
  .get(
    "/:id/raw",
    operation({
      id: "getRawMessage",
      tag,
      summary: "The delivery a message came with, byte by byte",
      answers: { 200: "application/octet-stream" },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) => {
      const raw = await c.env.core.messages.raw(c.var.caller, c.req.param("id"));
      if (!raw.ok) return errorResponse(raw.error);
      const { contentType, size, stream } = raw.value;
      const ending = contentType === "message/rfc822" ? "eml" : "bin";
      return fileResponse(c.req.raw, {
        name: `${c.req.param("id")}.${ending}`,
        type: contentType,
        size,
        disposition: "attachment",
        stream,
      });
    },
  )
  .get(
    "/:id/original",
    operation({
      id: "getOriginalMail",
      tag,
      summary: "The mail a message came as (.eml), taken out of what its provider wrapped it in",
      description:
        "Where the provider sent it in pieces it is put together again: its first header, `X-Parley-Rebuilt`, says so.",
      answers: { 200: "message/rfc822", 206: "message/rfc822" },
      fails: [404, 416],
    }),
    query(ApiNoQuery),
    async (c) => {
      const { messages } = c.env.core;
      const id = c.req.param("id");
      const original = await messages.original(c.var.caller, id);
      if (!original.ok) return errorResponse(original.error);
      const { size, isRebuilt, stream } = original.value;
      return fileResponse(c.req.raw, {
        name: isRebuilt ? `${id}-rebuilt.eml` : `${id}.eml`,
        type: "message/rfc822",
        size,
        disposition: "attachment",
        stream,
      });
    },
  )
  .get(
    "/:id/html",
    operation({
      id: "getMessageHtml",
      tag,
      summary: "A message's HTML as a page of its own, sanitised, for a sandboxed frame",
      answers: { 200: "text/html" },
      fails: [404],
    }),
    query(ApiHtmlQuery),
    async (c) => {
      const asked = c.req.valid("query").images;
      const images = asked === "auto" ? "sender" : asked === "1";
      const page = await c.env.core.messages.html(c.var.caller, c.req.param("id"), { images });
      return page.ok ? mailFrame(page.value) : errorResponse(page.error);
    },
  );
