import { Hono } from "hono";
import { ApiContact, ApiTimeline } from "@/core/model/api.ts";
import {
  ApiContactInput,
  ApiContactMerge,
  ApiContactPatch,
  ApiContactQuery,
  ApiNoQuery,
  ApiPageQuery,
} from "@/core/model/api_inputs.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { pageOf } from "../(_shared)/paging.ts";
import { contactView, conversationView } from "../(_shared)/views.ts";
import { answer } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Contacts";

/** `/contacts`: the people who write to us. */
export const contacts = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listContacts",
      tag,
      summary: "Contacts, newest first, or those that `q` finds",
      answers: { 200: pageOf(ApiContact) },
      fails: [403],
    }),
    query(ApiContactQuery),
    async (c) =>
      await answer(
        await c.env.core.contacts.list(c.var.caller, c.req.valid("query")),
        ({ items, next }) => ({ items: items.map(contactView), next }),
      ),
  )
  .post(
    "/",
    operation({
      id: "createContact",
      tag,
      summary: "Make a contact; who writes for the first time becomes one by that",
      description: "409: an address is somebody's already.",
      answers: { 201: ApiContact },
      fails: [403, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiContactInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.contacts.create(c.var.caller, c.req.valid("json"), c.var.once),
        contactView,
        201,
      ),
  )
  .get(
    "/:id",
    operation({
      id: "getContact",
      tag,
      summary: "One contact",
      answers: { 200: ApiContact },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(await c.env.core.contacts.get(c.var.caller, c.req.param("id")), contactView),
  )
  .patch(
    "/:id",
    operation({
      id: "updateContact",
      tag,
      summary: "Change or block a contact",
      description: "409: an address is somebody else's.",
      answers: { 200: ApiContact },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiContactPatch),
    async (c) =>
      await answer(
        await c.env.core.contacts.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        contactView,
      ),
  )
  .post(
    "/:id/merge",
    operation({
      id: "mergeContact",
      tag,
      summary: "Make a contact part of another",
      description:
        "Its addresses lead to the other at once; conversations and notes follow a little later. 409: answers could reach the wrong one.",
      answers: { 200: ApiContact },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiContactMerge),
    async (c) =>
      await answer(
        await c.env.core.contacts.merge(c.var.caller, c.req.param("id"), c.req.valid("json")),
        contactView,
      ),
  )
  .get(
    "/:id/timeline",
    operation({
      id: "getTimeline",
      tag,
      summary: "What a contact has part in, and how much of it the caller may not read",
      answers: { 200: ApiTimeline },
      fails: [403, 404],
    }),
    query(ApiPageQuery),
    async (c) => {
      const { caller } = c.var;
      const { core } = c.env;
      const contactId = c.req.param("id");
      const contact = await core.contacts.get(caller, contactId);
      if (!contact.ok) return errorResponse(contact.error);
      const hidden = await core.conversations.hiddenOfContact(caller, contactId);
      return await answer(
        await core.conversations.list(caller, { contactId, ...c.req.valid("query") }),
        ({ items, next }) => ({ items: items.map(conversationView), next, hidden }),
      );
    },
  );
