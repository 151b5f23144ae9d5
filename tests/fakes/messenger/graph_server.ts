/**
 * A stand-in for Meta's Graph API and its webhooks, reached by `PARLEY_GRAPH_URL`: one app with several Pages, whose
 * customers write, react, read and fall silent. It checks what it is sent, signs what it delivers, and can deliver twice,
 * out of order or in batches.
 */
import { createHash } from "node:crypto";
import {
  type Delivered,
  type DeliverOptions,
  postDeliveries,
  type QueuedEvent,
} from "./deliveries.ts";
import { answerEdge, type Caller } from "./graph_edges.ts";
import { errorBody, type GraphError, graphError } from "./graph_errors.ts";
import { type GraphPage, openGraphPage } from "./graph_page.ts";
import type { GraphWorld } from "./graph_world.ts";
import { appSecretProof } from "./sign_delivery.ts";

/** A call as it came. */
export interface GraphRequest {
  readonly method: string;
  /** Without the version, with the query. */
  readonly path: string;
  readonly status: number;
}

export interface GraphServer extends AsyncDisposable {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly userToken: string;
  /** Calls, oldest first. */
  readonly requests: readonly GraphRequest[];
  /** Events on their way. */
  readonly queue: readonly QueuedEvent[];
  /** A Page on which the app may do everything; not yet subscribed. */
  addPage(name: string, id?: string): GraphPage;
  /** What is asked next is refused so, or its answer gets lost after it was done, or a page answers. */
  failNext(...failures: GraphWorld["failures"]): void;
  /** Only people with a role on the app are heard and written to. */
  setDevelopment(isInDevelopment: boolean): void;
  requireProof(isRequired?: boolean): void;
  /** Enters a webhook at the app; null takes it away. */
  setAppHook(hook: GraphWorld["appHook"]): void;
  readonly appHook: GraphWorld["appHook"];
  /** Ends every link to a file given so far. */
  expireLinks(): void;
  /** Asks a webhook whether it is ours, as the app's dashboard does. @returns status and body of the answer */
  verifyHook(
    hook: string,
    token?: string,
  ): Promise<{ readonly status: number; readonly text: string; readonly challenge: string }>;
  /** Delivers what waits to a webhook; what is not answered with 200 waits again. */
  deliver(hook: string, options?: DeliverOptions): Promise<readonly Delivered[]>;
}

/** Listens on a free port. @param now epoch ms, for windows */
export function openGraphServer({ now }: { readonly now: () => number }): GraphServer {
  const requests: GraphRequest[] = [];
  let count = 0;
  const world: GraphWorld = {
    appId: "440099000001",
    appSecret: "meta_app_secret_for_tests",
    verifyToken: "verify-token-of-tests",
    userToken: "EAAUSERTOKEN",
    pages: new Map(),
    files: new Map(),
    expired: new Set(),
    queue: [],
    failures: [],
    appHook: null,
    isInDevelopment: false,
    requiresProof: false,
    now,
    origin: () => url,
    nextId: () => 1_000_000 + ++count,
  };

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams, search } = new URL(request.url);
    if (pathname.startsWith("/cdn/")) return answerFile(pathname, search);
    const [, version, path = ""] = /^\/(v\d+\.\d+)\/(.*)$/.exec(pathname) ?? [];
    if (version === undefined) return refuse(graphError("invalid parameter"));
    const failure = world.failures.shift();
    if (failure === "html") return html();
    if (failure !== undefined && failure !== "lost_answer") return refuse(failure);
    const caller = callerOf(request, searchParams);
    if ("status" in caller) return refuse(caller);
    const [node = "", edge = ""] = path.split("/");
    const call = { method: request.method, node, edge, query: searchParams, request, caller };
    const answered = await answerEdge(world, call).catch(() => graphError("invalid parameter")) ??
      graphError("invalid parameter");
    if ("status" in answered) return refuse(answered);
    return failure === "lost_answer" ? cutOff() : json(200, JSON.stringify(answered.body));
  }

  /** Whose token it is; an error when it is nobody's. */
  function callerOf(request: Request, query: URLSearchParams): Caller | GraphError {
    const bearer = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
    const token = bearer ?? query.get("access_token") ?? "";
    if (token === `${world.appId}|${world.appSecret}`) return { kind: "app" };
    const proof = query.get("appsecret_proof");
    const isProven = proof === appSecretProof(world.appSecret, token);
    if (proof === null ? world.requiresProof : !isProven) return graphError("invalid parameter");
    if (token === world.userToken) return { kind: "user" };
    const page = [...world.pages.values()].find((one) => one.token === token);
    if (page === undefined) return graphError("token invalid");
    const names = { 458: "app removed", 460: "password changed", 463: "token expired" } as const;
    if (page.tokenProblem === null) return { kind: "page", page };
    return graphError(page.tokenProblem === 467 ? "token invalid" : names[page.tokenProblem]);
  }

  function answerFile(pathname: string, search: string): Response {
    const file = world.files.get(pathname.slice("/cdn/".length));
    if (file === undefined) return new Response("Bad URL hash", { status: 404 });
    if (world.expired.has(search)) return new Response("URL signature expired", { status: 403 });
    return new Response(file.bytes, { headers: { "Content-Type": file.type } });
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const response = await answer(request);
    const { pathname, search } = new URL(request.url);
    const path = pathname.replace(/^\/v\d+\.\d+/, "") + search;
    requests.push({ method: request.method, path, status: response.status });
    return response;
  });
  const url = `http://127.0.0.1:${server.addr.port}`;

  return {
    url,
    appId: world.appId,
    appSecret: world.appSecret,
    verifyToken: world.verifyToken,
    userToken: world.userToken,
    requests,
    queue: world.queue,
    addPage: (name, id = `${100_000_000_000_000 + ++count}`) => openGraphPage(world, { id, name }),
    failNext: (...failures) => void world.failures.push(...failures),
    setDevelopment: (isInDevelopment) => void (world.isInDevelopment = isInDevelopment),
    requireProof: (isRequired = true) => void (world.requiresProof = isRequired),
    setAppHook: (hook) => void (world.appHook = hook),
    get appHook() {
      return world.appHook;
    },
    expireLinks() {
      // Links are counted: all up to now are old.
      for (let id = 1_000_000; id <= 1_000_000 + count; id++) {
        world.expired.add(`?oe=${id.toString(16)}`);
      }
    },

    async verifyHook(hook, token = world.verifyToken) {
      const challenge = createHash("sha256").update(`${++count}`).digest("hex").slice(0, 10);
      const asked = new URL(hook);
      asked.searchParams.set("hub.mode", "subscribe");
      asked.searchParams.set("hub.verify_token", token);
      asked.searchParams.set("hub.challenge", challenge);
      const response = await fetch(asked);
      return { status: response.status, text: await response.text(), challenge };
    },

    async deliver(hook, options = {}) {
      const events = world.queue.splice(0);
      const delivered = await postDeliveries(hook, world.appSecret, events, options);
      if (delivered.some(({ status }) => status !== 200)) world.queue.unshift(...events);
      return delivered;
    },

    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}

function refuse(error: GraphError): Response {
  return json(error.status, errorBody(error), error.headers);
}

function json(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, {
    status,
    headers: {
      "Content-Type": "application/json; charset=UTF-8",
      "X-App-Usage": JSON.stringify({ call_count: 1, total_cputime: 0, total_time: 1 }),
      ...headers,
    },
  });
}

function html(): Response {
  const body = "<!DOCTYPE html><html><title>Sorry, something went wrong</title></html>";
  return new Response(body, { status: 502, headers: { "Content-Type": "text/html" } });
}

/** An answer that ends before it is whole. */
function cutOff(): Response {
  return json(200, '{"recipient_id":"');
}
