import { Hono } from "hono";
import { ApiMe, ApiUser } from "@/core/model/api.ts";
import { ApiMePatch, ApiNoQuery, ApiPasswordChange } from "@/core/model/api_inputs.ts";
import { meView, userView } from "../(_shared)/views.ts";
import { answer, done, json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Session";

/** `/me`: the caller. */
export const me = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "getMe",
      tag,
      summary: "Who asks: a user, or a token (then `user` is null)",
      answers: { 200: ApiMe },
    }),
    query(ApiNoQuery),
    async (c) => {
      const { access, attachments } = c.env.core;
      return json(await meView(c.var.caller, attachments.sign, await access.inboxCache.teams()));
    },
  )
  .patch(
    "/",
    operation({
      id: "updateMe",
      tag,
      summary: "Change one's own profile",
      answers: { 200: ApiUser },
      fails: [403],
    }),
    query(ApiNoQuery),
    body(ApiMePatch),
    async (c) =>
      await answer(
        await c.env.core.access.updateProfile(c.var.caller, c.req.valid("json")),
        async (user) =>
          userView(user, c.env.core.attachments.sign, await c.env.core.access.inboxCache.teams()),
      ),
  )
  .post(
    "/password",
    operation({
      id: "changePassword",
      tag,
      summary: "Change one's own password; other sessions end",
      answers: { 204: null },
      fails: [403, 429],
    }),
    query(ApiNoQuery),
    body(ApiPasswordChange),
    async (c) => done(await c.env.core.access.changePassword(c.var.caller, c.req.valid("json"))),
  );
