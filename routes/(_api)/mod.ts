/**
 * The JSON API, version 1: one Hono app mounted at `/api/*`. Each resource is a file; an operation is described
 * beside its handler, checks its input, calls one command or query of the core and shows the result.
 * Errors of every kind leave as `application/problem+json`.
 * @module
 */
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { errorResponse } from "../(_shared)/http_error.ts";
import { allowedMethods } from "./allowed_methods.ts";
import { apps, appTypes } from "./apps.ts";
import { attachments } from "./attachments.ts";
import { channels, channelTypes } from "./channels.ts";
import { contactNotes } from "./contact_notes.ts";
import { contacts } from "./contacts.ts";
import { conversations } from "./conversations.ts";
import { conversationDrafts, ownDrafts } from "./drafts.ts";
import { deliveries } from "./deliveries.ts";
import type { ApiEnv } from "./env.ts";
import { createEvents } from "./events.ts";
import { followers } from "./followers.ts";
import { forward } from "./forward.ts";
import { images } from "./images.ts";
import { channelImports, imports } from "./imports.ts";
import { inboxes } from "./inboxes.ts";
import { invitations } from "./invitations.ts";
import { macroRuns, macros } from "./macros.ts";
import { me } from "./me.ts";
import { messages, replyDefaults, threadMessages } from "./messages.ts";
import { createOpenApi } from "./openapi.ts";
import { requireCaller } from "./require_caller.ts";
import { savedViews } from "./saved_views.ts";
import { search } from "./search.ts";
import { session } from "./session.ts";
import { snippets } from "./snippets.ts";
import { FILE_BODY, JSON_BODY, takeBody } from "./take_body.ts";
import { teams } from "./teams.ts";
import { start } from "./start.ts";
import { tags } from "./tags.ts";
import { threadRules } from "./thread_rules.ts";
import { threads } from "./threads.ts";
import { tokens } from "./tokens.ts";
import { users } from "./users.ts";

export type { ApiEnv } from "./env.ts";

const BASE = "/api/v1";
const MAX_PATH_PART = 200;
const UPLOAD = `${BASE}/attachments`;

/** The whole API. Its state is what is shared by requests: keys in flight, the document, events written once. */
export function createApi(): Hono<ApiEnv> {
  const inFlight = new Set<string>();
  const app: Hono<ApiEnv> = new Hono<ApiEnv>().basePath(BASE);

  app.use(async (c, next) => {
    c.set("inFlight", inFlight);
    await next();
  });
  app.use(async (c, next) => {
    // No id of ours is as long, and the store's keys have an end.
    if (c.req.path.split("/").some((part) => part.length > MAX_PATH_PART)) {
      return errorResponse({ code: "no_such_address" });
    }
    return await next();
  });
  app.use(takeBody((path) => path === UPLOAD ? FILE_BODY : JSON_BODY));

  app.route("/openapi.json", createOpenApi(() => app));
  app.route("/session", session);
  // Asks for the caller itself: a signed address needs none.
  app.route("/attachments", attachments);

  for (const [path, resource] of Object.entries(resources())) {
    const guarded = new Hono<ApiEnv>();
    guarded.use(requireCaller);
    guarded.route("/", resource);
    app.route(path, guarded);
  }

  app.notFound((c) => {
    const allow = allowedMethods(app.routes, c.req.path);
    return errorResponse(
      allow.length > 0 ? { code: "method_not_allowed", allow } : { code: "no_such_address" },
    );
  });
  app.onError((error, c) => {
    // The only one our handlers can cause: a body that says it is JSON and is not.
    if (error instanceof HTTPException && error.status === 400) {
      return errorResponse({ code: "malformed_body", message: "The body is not valid JSON." });
    }
    c.env.core.ports.log("error", "request failed", {
      method: c.req.method,
      route: c.req.routePath,
      error: error.stack ?? String(error),
    });
    return errorResponse({ code: "internal" });
  });
  return app;
}

/** What needs a caller, by path. */
function resources(): Readonly<Record<string, Hono<ApiEnv>>> {
  const conversation = new Hono<ApiEnv>().route("/", conversations).route("/", threadMessages)
    .route("/", conversationDrafts).route("/", replyDefaults).route("/", threads)
    .route("/", followers).route("/", macroRuns).route("/", forward).route("/", start);
  return {
    "/me": me,
    "/users": users,
    "/invitations": invitations,
    "/tokens": tokens,
    "/teams": teams,
    "/inboxes": inboxes,
    "/app-types": appTypes,
    "/apps": apps,
    "/channel-types": channelTypes,
    "/channels": new Hono<ApiEnv>().route("/", channels).route("/", channelImports)
      .route("/", threadRules),
    "/imports": imports,
    "/deliveries": deliveries,
    "/conversations": conversation,
    "/drafts": ownDrafts,
    "/messages": messages,
    "/images": images,
    "/contacts": new Hono<ApiEnv>().route("/", contacts).route("/", contactNotes),
    "/snippets": snippets,
    "/macros": macros,
    "/search": search,
    "/views": savedViews,
    "/tags": tags,
    "/events": createEvents(),
  };
}

export const api = createApi();
