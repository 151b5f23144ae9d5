import { Hono } from "hono";
import { ApiInvitation, ApiInvitationCreated } from "@/core/model/api_admin.ts";
import { ApiInvitationInput, ApiNoQuery } from "@/core/model/api_inputs.ts";
import { pageOf, wholePage } from "../(_shared)/paging.ts";
import { invitationView } from "../(_shared)/views.ts";
import { answer, done } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { idempotent } from "./idempotent.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Users";

/** `/invitations`: how people join the team. */
export const invitations = new Hono<ApiEnv>()
  .get(
    "/",
    operation({
      id: "listInvitations",
      tag,
      summary: "Invitations that can still be accepted",
      answers: { 200: pageOf(ApiInvitation) },
      fails: [403],
    }),
    query(ApiNoQuery),
    async (c) =>
      await answer(
        await c.env.core.access.invitations(c.var.caller),
        (all) => wholePage(all.map(invitationView)),
      ),
  )
  .post(
    "/",
    operation({
      id: "createInvitation",
      tag,
      summary: "Invite somebody by mail address",
      description: "The link is in `url`, once; it is also mailed where Parley can send mail.",
      answers: { 201: ApiInvitationCreated },
      fails: [403, 409],
      isIdempotent: true,
    }),
    query(ApiNoQuery),
    body(ApiInvitationInput),
    idempotent,
    async (c) =>
      await answer(
        await c.env.core.access.invite(c.var.caller, c.req.valid("json"), c.var.once),
        ({ invitation, url }) => ({ ...invitationView(invitation), url }),
        201,
      ),
  )
  .delete(
    "/:id",
    operation({
      id: "revokeInvitation",
      tag,
      summary: "Make an invitation's link useless",
      answers: { 204: null },
      fails: [403, 404],
    }),
    query(ApiNoQuery),
    async (c) => done(await c.env.core.access.revokeInvitation(c.var.caller, c.req.param("id"))),
  );
