/** The reading edges of the Graph API, and the ones that set a Page up. */
import { z } from "zod";
import { type GraphError, graphError } from "./graph_errors.ts";
import { readRequest } from "./read_request.ts";
import { fileUrl, type GraphWorld, type PageState, WEBHOOK_FIELDS } from "./graph_world.ts";
import { keepUpload, sendMessage } from "./send_api.ts";

/** Whose token a call has. */
export type Caller =
  | { readonly kind: "page"; readonly page: PageState }
  | { readonly kind: "app" }
  | { readonly kind: "user" };

/** What an edge answers: a body, or a refusal. */
export type EdgeAnswer = GraphError | { readonly body: unknown };

/** A call of `/{node}/{edge}`, its token known. */
export interface EdgeCall {
  readonly method: string;
  readonly node: string;
  readonly edge: string;
  readonly query: URLSearchParams;
  readonly request: Request;
  readonly caller: Caller;
}

/** Answers a call; null when there is no such address. */
export async function answerEdge(world: GraphWorld, call: EdgeCall): Promise<EdgeAnswer | null> {
  const { caller, node, edge, method } = call;
  if (edge === "" && node === "debug_token") return debugToken(world, call);
  if (caller.kind === "user") return userEdge(world, call);
  if (caller.kind === "app") return await appEdge(world, call);
  const { page } = caller;
  if (node === "me" || node === page.id) return await pageEdge(world, page, call);
  if (world.pages.has(node)) return graphError("no permission");
  if (method !== "GET" || edge !== "") return null;
  return personNode(page, node) ?? messageNode(world, page, node) ??
    graphError("invalid parameter");
}

async function pageEdge(
  world: GraphWorld,
  page: PageState,
  { method, edge, query, request }: EdgeCall,
): Promise<EdgeAnswer | null> {
  switch (`${method} ${edge}`) {
    case "GET ":
      return { body: { id: page.id, name: page.name, category: "Bicycle shop" } };
    case "POST messages": {
      if (!page.permissions.includes("pages_messaging")) return graphError("no permission");
      const sent = await sendMessage(world, page, await readRequest(request));
      return sent.ok ? { body: sent.body } : sent.error;
    }
    case "POST message_attachments": {
      const { file } = await readRequest(request);
      return file === null || file.type === ""
        ? graphError("file not taken")
        : { body: { attachment_id: await keepUpload(world, file) } };
    }
    case "GET subscribed_apps":
      return {
        body: {
          data: [
            ...page.otherApps.map((app) => ({ ...app, subscribed_fields: [...WEBHOOK_FIELDS] })),
            ...page.fields === null
              ? []
              : [{ id: world.appId, name: "Parley", subscribed_fields: [...page.fields] }],
          ],
        },
      };
    case "POST subscribed_apps": {
      if (!page.permissions.includes("pages_manage_metadata")) return graphError("no permission");
      const hasBody = request.headers.has("content-type");
      const { fields } = hasBody ? await readRequest(request) : { fields: {} };
      const given = query.get("subscribed_fields") ?? fieldsIn(fields);
      if (given === null) return graphError("invalid parameter");
      page.fields = new Set(given.split(",").map((one) => one.trim()));
      return { body: { success: true } };
    }
    case "DELETE subscribed_apps":
      page.fields = null;
      return { body: { success: true } };
    case "GET secondary_receivers":
      // Only the primary receiver may ask.
      return page.primaryAppId === world.appId
        ? { body: { data: page.otherApps } }
        : graphError("no permission of the app");
    case "GET thread_owner":
      return { body: { data: [{ thread_owner: { app_id: page.primaryAppId } }] } };
    case "GET conversations": {
      const person = page.people.get(query.get("user_id") ?? "");
      if (person === undefined) return { body: { data: [] } };
      const name = `${person.firstName} ${person.lastName}`;
      const participants = { data: [{ name, id: person.psid }, { name: page.name, id: page.id }] };
      return { body: { data: [{ id: `t_${person.psid}`, participants }] } };
    }
    default:
      return null;
  }
}

function fieldsIn(body: unknown): string | null {
  const given = typeof body === "object" && body !== null && "subscribed_fields" in body
    ? body.subscribed_fields
    : null;
  if (Array.isArray(given)) return given.join(",");
  return typeof given === "string" ? given : null;
}

function personNode(page: PageState, id: string): EdgeAnswer | null {
  const person = page.people.get(id);
  if (person === undefined) return null;
  if (!page.permissions.includes("business_asset_user_profile_access")) {
    return graphError("invalid parameter");
  }
  const { firstName, lastName, psid } = person;
  return {
    body: {
      first_name: firstName,
      last_name: lastName,
      profile_pic: `https://platform-lookaside.fbsbx.com/platform/profilepic/?psid=${psid}`,
      id: psid,
    },
  };
}

function messageNode(world: GraphWorld, page: PageState, mid: string): EdgeAnswer | null {
  const message = page.messages.find((one) => one.mid === mid);
  if (message === undefined) return null;
  const data = message.attachments.map(({ type, fileId }) => {
    const url = fileUrl(world, fileId);
    const file = world.files.get(fileId);
    const about = { id: fileId, mime_type: file?.type, name: file?.name, size: file?.bytes.length };
    if (type === "image") return { ...about, image_data: { url, width: 1, height: 1 } };
    return type === "video" ? { ...about, video_data: { url } } : { ...about, file_url: url };
  });
  return { body: { id: mid, ...data.length > 0 && { attachments: { data } } } };
}

function debugToken(world: GraphWorld, { query, caller }: EdgeCall): EdgeAnswer {
  if (caller.kind === "user") return graphError("invalid parameter");
  const token = query.get("input_token");
  const page = [...world.pages.values()].find((one) => one.token === token);
  if (page === undefined) {
    const error = { code: 190, message: "Malformed access token" };
    return { body: { data: { is_valid: false, error, scopes: [] } } };
  }
  return {
    body: {
      data: {
        app_id: world.appId,
        type: "PAGE",
        application: "Parley",
        profile_id: page.id,
        is_valid: page.tokenProblem === null,
        ...page.tokenProblem !== null &&
          { error: { code: 190, subcode: page.tokenProblem, message: "Error validating" } },
        expires_at: page.tokenExpiresAt,
        data_access_expires_at: page.tokenExpiresAt,
        scopes: page.permissions,
      },
    },
  };
}

/** What an app may ask about itself. */
async function appEdge(
  world: GraphWorld,
  { method, node, edge, query, request }: EdgeCall,
): Promise<EdgeAnswer | null> {
  switch (`${method} ${node} ${edge}`) {
    case "GET oauth access_token":
      return query.get("fb_exchange_token") === world.userToken &&
          query.get("client_secret") === world.appSecret
        ? { body: { access_token: world.userToken, token_type: "bearer" } }
        : graphError("invalid parameter");
    case `GET ${world.appId} subscriptions`: {
      const { appHook } = world;
      const fields = appHook?.fields.map((name) => ({ name, version: "v25.0" }));
      return {
        body: {
          data: appHook === null
            ? []
            : [{ object: "page", callback_url: appHook.callbackUrl, active: true, fields }],
        },
      };
    }
    case `POST ${world.appId} subscriptions`: {
      const { fields: given } = await readRequest(request);
      const hook = Subscription.safeParse(given).data;
      if (hook === undefined) return graphError("invalid parameter");
      const asked = new URL(hook.callback_url);
      asked.searchParams.set("hub.mode", "subscribe");
      asked.searchParams.set("hub.verify_token", hook.verify_token);
      asked.searchParams.set("hub.challenge", `${world.nextId()}`);
      const answer = await fetch(asked).then((one) => one.text(), () => "");
      if (answer !== asked.searchParams.get("hub.challenge")) return NOT_VERIFIED;
      world.appHook = { callbackUrl: hook.callback_url, fields: hook.fields.split(",") };
      return { body: { success: true } };
    }
    default: {
      if (method !== "GET" || edge !== "ids_for_pages") return null;
      const data = [...world.pages.values()].flatMap(({ id, name, people }) =>
        [...people.values()].filter(({ appScopedId }) => appScopedId === node)
          .map(({ psid }) => ({ id: psid, page: { id, name } }))
      );
      return { body: pageOfList(data, query) };
    }
  }
}

/** As many of a list as were asked for, 25 if nothing was, and where the rest begins. */
function pageOfList<T>(all: readonly T[], query: URLSearchParams): Record<string, unknown> {
  const start = Number(query.get("after") ?? 0);
  const end = start + Math.min(Number(query.get("limit") ?? 25), 100);
  const data = all.slice(start, end);
  return end >= all.length
    ? { data }
    : { data, paging: { cursors: { after: `${end}` }, next: "https://graph.facebook.com/next" } };
}

const Subscription = z.object({
  object: z.literal("page"),
  callback_url: z.url(),
  verify_token: z.string(),
  fields: z.string(),
});
const NOT_VERIFIED: GraphError = {
  name: "callback not verified",
  status: 400,
  error: { message: "(#2200) Callback verification failed", type: "OAuthException", code: 2200 },
  code: "rejected",
};

function userEdge(world: GraphWorld, { method, node, edge }: EdgeCall): EdgeAnswer | null {
  if (method !== "GET" || node !== "me") return null;
  const pages = [...world.pages.values()];
  switch (edge) {
    case "":
      return { body: { id: "1", name: "Nora Visser" } };
    case "accounts":
      return {
        body: {
          data: pages.map(({ id, name, token }) => ({
            id,
            name,
            access_token: token,
            tasks: ["MESSAGING", "MODERATE", "MANAGE"],
          })),
        },
      };
    case "permissions":
      return {
        body: {
          data: [...new Set(pages.flatMap(({ permissions }) => permissions))]
            .map((permission) => ({ permission, status: "granted" })),
        },
      };
    default:
      return null;
  }
}
