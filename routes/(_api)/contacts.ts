import { Hono } from "hono";
import { ApiContact } from "@/core/model/api.ts";
import { ApiContactPatch, ApiContactQuery, ApiNoQuery } from "@/core/model/api_inputs.ts";
import { pageOf } from "../(_shared)/paging.ts";
import { contactView } from "../(_shared)/views.ts";
import { answer } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
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
      summary: "Rename or block a contact",
      answers: { 200: ApiContact },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    body(ApiContactPatch),
    async (c) =>
      await answer(
        await c.env.core.contacts.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        contactView,
      ),
  );
