import {
  callProvider,
  err,
  hmacHex,
  type Io,
  ok,
  type ProviderRequest,
  type Result,
  type SendError,
} from "../../../core/channel/mod.ts";
import { GRAPH_VERSION, type MetaAppConfig } from "./app_config.ts";
import { graphError } from "./graph_error.ts";

/** What a call is made with: the token of a Page, a person or the app itself. */
export interface GraphAccess {
  readonly token: string;
  readonly app: Pick<MetaAppConfig, "appSecret" | "graphVersion">;
}

export interface GraphCall {
  readonly method: ProviderRequest["method"];
  /** Behind the version: `100/messages`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** A form is sent as it is, anything else as JSON. */
  readonly body?: FormData | Readonly<Record<string, unknown>>;
}

/** The part of `Io` that a call needs: an app has it too. */
export type GraphIo = Pick<Io, "fetch" | "signal" | "now" | "baseUrl">;

/**
 * Calls the Graph API with a proof that we hold the app's secret. The token goes in a header: addresses get into logs.
 * @returns the answer's JSON. Of calls that change nothing, `ambiguous` only says that no answer came.
 */
export async function callGraph(
  { method, path, query = {}, body }: GraphCall,
  { token, app }: GraphAccess,
  io: GraphIo,
): Promise<Result<unknown, SendError>> {
  const base = io.baseUrl("graph") ?? "https://graph.facebook.com";
  const url = new URL(`${base}/${app.graphVersion ?? GRAPH_VERSION}/${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const proof = await hmacHex(app.appSecret, new TextEncoder().encode(token));
  url.searchParams.set("appsecret_proof", proof);
  const isForm = body instanceof FormData;
  const called = await callProvider({
    method,
    url: url.href,
    headers: {
      "Authorization": `Bearer ${token}`,
      ...body !== undefined && !isForm && { "Content-Type": "application/json" },
    },
    ...body !== undefined && { body: isForm ? body : JSON.stringify(body) },
  }, io);
  switch (called.kind) {
    case "not_allowed":
      return err({ code: "config", message: called.reason });
    case "not_reached":
      return err({ code: "unavailable", message: "Facebook cannot be reached right now." });
    case "lost":
      return err(LOST);
    case "answered": {
      const { answer } = called;
      if (answer.status !== 200 || answer.isHtml) return err(graphError(answer, io.now()));
      return answer.json === undefined || answer.isCut ? err(LOST) : ok(answer.json);
    }
  }
}

const LOST: SendError = {
  code: "ambiguous",
  message: "Facebook did not say whether it took the message. It may have arrived.",
};
