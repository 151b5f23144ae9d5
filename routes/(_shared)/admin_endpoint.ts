import { AdminDesk, answerImport, type Core } from "@/core/mod.ts";
import type { Config } from "@/core/mod.ts";
import { errorResponse } from "./http_error.ts";
import { MAX_FILE_BYTES, readBody } from "./read_body.ts";

const MAX_BYTES = 64 * 1024;
const IMPORT_PATH = "/_admin/import";
/** One desk per running core: it remembers the signatures it has taken. */
const desks = new WeakMap<Core, AdminDesk>();

/** What the endpoint looks at besides the request. */
export interface AdminEndpointOptions {
  readonly core: Core;
  readonly config: Config;
  /** Address of the socket's other end, not what a proxy says. */
  readonly socketAddress: string;
}

/**
 * `POST /_admin`: commands of `deno task admin`, from this machine only and signed with a key of the secret;
 * `POST /_admin/import?channel=chn_…`: mails of a file, one by one. To everybody else there is nothing here.
 */
export async function answerAdmin(
  req: Request,
  { core, config, socketAddress }: AdminEndpointOptions,
): Promise<Response> {
  const isForwarded = req.headers.has("x-forwarded-for") || req.headers.has("forwarded");
  if (isForwarded || !isLoopback(socketAddress)) {
    return errorResponse({ code: "no_such_address" });
  }
  if (req.method !== "POST") return errorResponse({ code: "method_not_allowed", allow: ["POST"] });
  const isImport = new URL(req.url).pathname === IMPORT_PATH;
  const body = await readBody(req, isImport ? MAX_FILE_BYTES : MAX_BYTES);
  if (!body.ok) return errorResponse(body.error);
  if (isImport) {
    const answer = await answerImport(core, {
      channelId: new URL(req.url).searchParams.get("channel") ?? "",
      contentType: req.headers.get("content-type") ?? "",
      body: body.value,
    }, req.headers.get("parley-admin") ?? "");
    return answer === null ? errorResponse({ code: "unauthenticated" }) : Response.json(answer);
  }
  const { access, inboxes, store } = core;
  const desk = desks.get(core) ??
    new AdminDesk({ access, inboxes, store, config, search: core.search.state });
  desks.set(core, desk);
  const header = req.headers.get("parley-admin") ?? "";
  const answer = await desk.answer(header, new TextDecoder().decode(body.value));
  return answer === null ? errorResponse({ code: "unauthenticated" }) : Response.json(answer);
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address) || address === "::1";
}
