import type { Context } from "fresh";
import type { State } from "../../(_shared)/define.ts";
import { endedSessionCookie, readSessionToken, sessionCookie } from "../../(_shared)/session.ts";

/** Goes to a page of ours, signed in. */
export function startSession(ctx: Context<State>, token: string, path: string): Response {
  const response = ctx.redirect(path, 303);
  response.headers.append("set-cookie", sessionCookie(token, ctx.state.config));
  return response;
}

/** Ends the session on the server and in the browser, then goes to a page of ours. */
export async function endSession(ctx: Context<State>, path: string): Promise<Response> {
  const { core, config } = ctx.state;
  const token = readSessionToken(ctx.req.headers, config);
  if (token !== null) await core.access.signOut(token);
  const response = ctx.redirect(path, 303);
  response.headers.append("set-cookie", endedSessionCookie(config));
  return response;
}
