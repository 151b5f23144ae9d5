import { Hono } from "hono";
import { ApiUser } from "@/core/model/api.ts";
import type { User } from "@/core/model/user.ts";
import { ApiNoQuery, ApiUserInput, ApiUserPatch } from "@/core/model/api_inputs.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { userView } from "../(_shared)/views.ts";
import { answer, done } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Users";

/** `/users`: the people of the team. */
export const users = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listUsers",
      tag,
      summary: "The people of the team",
      answers: { 200: pageOf(ApiUser) },
      fails: [403],
    }),
    query(ApiNoQuery),
    async (c) => {
      return await answer(
        await c.env.core.access.users(c.var.caller),
        async (all) => wholePage(await Promise.all(all.map((user) => shown(c.env, user)))),
      );
    },
  )
  .post(
    "/",
    operation({
      id: "createUser",
      tag,
      summary: "Make a user with a password, without an invitation",
      answers: { 201: ApiUser },
      fails: [403, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiUserInput),
    idempotent,
    async (c) => {
      const { inboxIds, ...fields } = c.req.valid("json");
      return await answer(
        await c.env.core.access.createUser(
          c.var.caller,
          { ...fields, ...(inboxIds && { inboxIds }) },
          c.var.once,
        ),
        (user) => shown(c.env, user),
        201,
      );
    },
  )
  .get(
    "/:id",
    operation({
      id: "getUser",
      tag,
      summary: "One person",
      answers: { 200: ApiUser },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.access.user(c.var.caller, c.req.param("id")),
        (user) => shown(c.env, user),
      ),
  )
  .patch(
    "/:id",
    operation({
      id: "updateUser",
      tag,
      summary: "Change a person's name, role or whether they may sign in",
      answers: { 200: ApiUser },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiUserPatch),
    async (c) =>
      await answer(
        await c.env.core.access.updateUser(c.var.caller, c.req.param("id"), c.req.valid("json")),
        (user) => shown(c.env, user),
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "deactivateUser",
      tag,
      summary: "Take away a person's access; what they wrote stays",
      answers: { 204: null },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.access.deactivateUser(c.var.caller, c.req.param("id"))),
  );

async function shown({ core }: ApiEnv["Bindings"], user: User): Promise<ApiUser> {
  return await userView(user, core.attachments.sign, await core.access.inboxCache.teams());
}
