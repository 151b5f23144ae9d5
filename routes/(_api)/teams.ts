import { Hono } from "hono";
import { ApiTeam } from "@/core/model/api.ts";
import { ApiNoQuery, ApiTeamInput, ApiTeamPatch } from "@/core/model/api_inputs.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { teamView } from "../(_shared)/views.ts";
import { answer, done } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Teams";

/** `/teams`: people who work together. */
export const teams = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listTeams",
      tag,
      summary: "The teams, by name",
      answers: { 200: pageOf(ApiTeam) },
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.teams.list(c.var.caller),
        (all) => wholePage(all.map(teamView)),
      ),
  )
  .post(
    "/",
    operation({
      id: "createTeam",
      tag,
      summary: "Make a team",
      answers: { 201: ApiTeam },
      fails: [403, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiTeamInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.teams.create(c.var.caller, c.req.valid("json"), c.var.once),
        teamView,
        201,
      ),
  )
  .get(
    "/:id",
    operation({
      id: "getTeam",
      tag,
      summary: "One team",
      answers: { 200: ApiTeam },
      fails: [404],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(await c.env.core.teams.get(c.var.caller, c.req.param("id")), teamView),
  )
  .patch(
    "/:id",
    operation({
      id: "updateTeam",
      tag,
      summary: "Rename a team or set its members",
      answers: { 200: ApiTeam },
      fails: [403, 404, 409],
    }),
    query(ApiNoQuery),
    body(ApiTeamPatch),
    async (c) =>
      await answer(
        await c.env.core.teams.update(c.var.caller, c.req.param("id"), c.req.valid("json")),
        teamView,
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "deleteTeam",
      tag,
      summary: "Remove a team; its inboxes and conversations go on without it",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.teams.remove(c.var.caller, c.req.param("id"))),
  );
