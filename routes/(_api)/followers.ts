import { Hono } from "hono";
import { ApiFollowers } from "@/core/model/api.ts";
import { ApiNoBody, ApiNoQuery } from "@/core/model/api_inputs.ts";
import type { Followers } from "@/core/mod.ts";
import { answer } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Conversations";

/** `/conversations/:id/follow`: who is told of what comes, beside who is assigned. */
export const followers = new Hono<ApiEnv>()
  .get(
    "/:id/follow",
    operation({
      id: "getFollowers",
      tag,
      summary: "Who follows a conversation",
      answers: { 200: ApiFollowers },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.personal.followers(c.var.caller, c.req.param("id")),
        followersView,
      ),
  )
  .put(
    "/:id/follow",
    operation({
      id: "followConversation",
      tag,
      summary: "Follow a conversation",
      description: "Whoever comments, or is named in a comment, follows without asking.",
      answers: { 200: ApiFollowers },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiNoBody),
    async (c) =>
      await answer(
        await c.env.core.personal.follow(c.var.caller, c.req.param("id"), true),
        followersView,
      ),
  )
  .delete(
    "/:id/follow",
    operation({
      id: "unfollowConversation",
      tag,
      summary: "Follow a conversation no longer",
      answers: { 200: ApiFollowers },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.personal.follow(c.var.caller, c.req.param("id"), false),
        followersView,
      ),
  );

function followersView({ isFollowing, userIds }: Followers): ApiFollowers {
  return { isFollowing, userIds: [...userIds] };
}
