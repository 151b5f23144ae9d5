import { Hono } from "hono";
import { ApiMe } from "@/core/model/api.ts";
import { ApiNoQuery, ApiSignIn } from "@/core/model/api_inputs.ts";
import { errorResponse, toProblem } from "../(_shared)/http_error.ts";
import { problemResponse } from "../(_shared)/problem.ts";
import { endedSessionCookie, readSessionToken, sessionCookie } from "../(_shared)/session.ts";
import { meView } from "../(_shared)/views.ts";
import { json } from "./answer.ts";
import type { ApiEnv } from "./env.ts";
import { body, query } from "./input.ts";
import { operation } from "./operation.ts";

const tag = "Session";

/** `/session`: signing in and out. */
export const session = new Hono<ApiEnv>()
  .post(
    "/",
    operation({
      id: "signIn",
      tag,
      summary: "Sign in; sets an HttpOnly cookie",
      answers: { 201: ApiMe },
      fails: [401, 429],
      isPublic: true,
    }),
    query(ApiNoQuery),
    body(ApiSignIn),
    async (c) => {
      const { core, config, remoteAddress } = c.env;
      const { email, password } = c.req.valid("json");
      const userAgent = c.req.header("user-agent") ?? "";
      const signedIn = await core.access.signIn({ email, password, userAgent, remoteAddress });
      if (!signedIn.ok) {
        const { error } = signedIn;
        // Which of the two is wrong is nobody's business.
        const detail = "The mail address or the password is wrong.";
        return error.code === "unauthenticated"
          ? problemResponse({ ...toProblem(error), title: "Not signed in", detail })
          : errorResponse(error);
      }
      const { token, principal } = signedIn.value;
      const teams = await core.access.inboxCache.teams();
      return json(await meView(principal, core.attachments.sign, teams), 201, {
        "set-cookie": sessionCookie(token, config),
      });
    },
  )
  .delete(
    "/",
    operation({
      id: "signOut",
      tag,
      summary: "Sign out: the session and its streams end",
      answers: { 204: null },
      isPublic: true,
    }),
    query(ApiNoQuery),
    async (c) => {
      const { core, config } = c.env;
      const token = readSessionToken(c.req.raw.headers, config);
      if (token !== null) await core.access.signOut(token);
      return new Response(null, {
        status: 204,
        headers: { "set-cookie": endedSessionCookie(config), "cache-control": "no-store" },
      });
    },
  );
