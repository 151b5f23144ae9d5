import { Hono } from "hono";
import { ApiChannel, ApiChannelType, ApiTemplate } from "@/core/model/api.ts";
import { ApiDelivery, ApiSetupStep, ApiSuggestion } from "@/core/model/api_admin.ts";
import {
  ApiChannelInput,
  ApiChannelPatch,
  ApiDeliveryQuery,
  ApiNoQuery,
  ApiSuggestInput,
  ApiTestInput,
} from "@/core/model/api_inputs.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { channelView, deliveryView } from "../(_shared)/views.ts";
import { answer, done } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Channels";

/** `/channels`: the connections customers write over. */
export const channels = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listChannels",
      tag,
      summary: "The channels of the inboxes the caller may see",
      answers: { 200: pageOf(ApiChannel) },
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.channels.list(c.var.caller),
        (all) => wholePage(all.map(channelView)),
      ),
  )
  .post(
    "/",
    operation({
      id: "createChannel",
      tag,
      summary: "Connect a channel",
      answers: { 201: ApiChannel },
      fails: [403, 404],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiChannelInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.channels.create(c.var.caller, c.req.valid("json"), c.var.once),
        channelView,
        201,
      ),
  )
  .get(
    "/:id",
    operation({
      id: "getChannel",
      tag,
      summary: 'One channel; secrets read as `{"set": true}`',
      answers: { 200: ApiChannel },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.channels.get(c.var.caller, c.req.param("id")),
        channelView,
      ),
  )
  .patch(
    "/:id",
    operation({
      id: "updateChannel",
      tag,
      summary: "Change a channel's name, inbox, config or whether it is paused",
      answers: { 200: ApiChannel },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiChannelPatch),
    async (c) =>
      await answer(
        await c.env.core.channels.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        channelView,
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "deleteChannel",
      tag,
      summary: "Disconnect a channel; its conversations stay",
      answers: { 204: null },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.channels.remove(c.var.caller, c.req.param("id"))),
  )
  .post(
    "/:id/test",
    operation({
      id: "testChannel",
      tag,
      summary: "Try a channel's settings, step by step; by default with a message to itself",
      answers: { 200: pageOf(ApiSetupStep) },
      fails: [403, 404, 422, 429],
    }),
    query(ApiNoQuery),
    body(ApiTestInput),
    async (c) =>
      await answer(
        await c.env.core.channels.test(c.var.caller, c.req.param("id"), {
          isWhole: c.req.valid("json").roundTrip ?? true,
          signal: c.req.raw.signal,
        }),
        async (news) =>
          wholePage(
            (await Array.fromAsync(news)).flatMap((one) => one.kind === "ended" ? [one.step] : []),
          ),
      ),
  )
  .get(
    "/:id/templates",
    operation({
      id: "listTemplates",
      tag,
      summary: "Texts the channel's provider approved, as it lists them now",
      description: "422 where the channel has none, or its provider does not answer.",
      answers: { 200: pageOf(ApiTemplate) },
      fails: [404, 422],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.channels.templates(c.var.caller, c.req.param("id"), c.req.raw.signal),
        (templates) => wholePage(templates.map((one) => ({ ...one }))),
      ),
  )
  .get(
    "/:id/deliveries",
    operation({
      id: "listDeliveries",
      tag,
      summary: "Inbound deliveries of a channel that could not be read",
      answers: { 200: pageOf(ApiDelivery) },
      fails: [403, 404],
    }),
    query(ApiDeliveryQuery),
    async (c) =>
      await answer(
        await c.env.core.inbound.failed(c.var.caller, {
          ...c.req.valid("query"),
          channelId: c.req.param("id"),
        }),
        (failed) => wholePage(failed.map(deliveryView)),
      ),
  );

/** `/channel-types`: what can be connected. */
export const channelTypes = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listChannelTypes",
      tag,
      summary: "Kinds of channels, the JSON Schema of their config, and what they can do",
      answers: { 200: pageOf(ApiChannelType) },
    }),
    query(ApiNoQuery),
    async (c) => await answer({ ok: true, value: c.env.core.channels.types() }, wholePage),
  )
  .post(
    "/:type/suggest",
    operation({
      id: "suggestChannel",
      tag,
      summary: "Look up settings for a channel that is to be connected, from its address",
      answers: { 200: ApiSuggestion },
      fails: [403, 404, 422],
    }),
    query(ApiNoQuery),
    body(ApiSuggestInput),
    async (c) =>
      await answer(
        await c.env.core.channels.suggest(
          c.var.caller,
          { type: c.req.param("type"), ...c.req.valid("json") },
          c.req.raw.signal,
        ),
        (suggestion) => suggestion,
      ),
  );
