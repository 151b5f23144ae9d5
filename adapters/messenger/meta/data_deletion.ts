import { z } from "zod";
import {
  type AppIo,
  type AppView,
  type DataDeletion,
  equalText,
  hmacHex,
  type SendErrorCode,
  type WebhookRequest,
} from "../../../core/channel/mod.ts";
import type { MetaAppConfig } from "./app_config.ts";
import { callGraph } from "./graph_call.ts";

const Id = z.string().regex(/^[\x21-\x7e]{1,100}$/);
const Payload = z.object({ algorithm: z.literal("HMAC-SHA256"), user_id: Id });
const PageIds = z.object({
  data: z.array(z.object({ id: Id, page: z.object({ id: Id }) })),
  paging: z.object({ cursors: z.object({ after: Id }), next: z.string() }).optional()
    .catch(undefined),
});
type PageId = z.infer<typeof PageIds>["data"][number];

/** What Meta answers of somebody it does not know. */
const UNKNOWN: ReadonlySet<SendErrorCode> = new Set(["rejected", "recipient_unreachable"]);

/** Lists of ids that are asked for: of a hundred Pages each. */
const MAX_LISTS = 20;

/**
 * Reads Meta's request to delete somebody's data: `signed_request` is a signature and a payload, both base64url. The
 * person is named by an id of the app; Meta tells by which ids Pages know them.
 */
export async function readDataDeletion(
  { body }: Pick<WebhookRequest, "body">,
  { config }: AppView<MetaAppConfig>,
  io: AppIo,
): Promise<DataDeletion> {
  const given = new URLSearchParams(new TextDecoder().decode(body)).get("signed_request");
  if (given === null) return { ok: false, reason: "missing" };
  const [, signature, text] = /^([\w-]{43})=?\.([\w-]{1,8000}={0,2})$/.exec(given) ?? [];
  if (signature === undefined || text === undefined) return { ok: false, reason: "malformed" };
  const wanted = await hmacHex(config.appSecret, new TextEncoder().encode(text));
  const proof = bytesOf(signature)?.toHex() ?? "";
  if (!equalText(proof, wanted)) return { ok: false, reason: "mismatch" };
  const { data } = Payload.safeParse(jsonOf(text));
  if (data === undefined) return { ok: false, reason: "malformed" };
  const pages = await pageIdsOf(data.user_id, config, io);
  if (pages === null) return { ok: false, reason: "unavailable" };
  return {
    ok: true,
    identities: [
      { kind: "meta_user", value: data.user_id },
      ...pages.map(({ id, page }) => ({ kind: "psid", value: `${page.id}:${id}` })),
    ],
  };
}

/**
 * By which ids Pages know somebody. Null unless Meta told all of them: then nothing may be said to be deleted. Whom it does
 * not know has written to no Page of the app.
 */
async function pageIdsOf(
  userId: string,
  config: MetaAppConfig,
  io: AppIo,
): Promise<readonly PageId[] | null> {
  const access = { token: `${config.appId}|${config.appSecret}`, app: config };
  const path = `${encodeURIComponent(userId)}/ids_for_pages`;
  const found: PageId[] = [];
  let after: string | undefined;
  for (let i = 0; i < MAX_LISTS; i++) {
    const query = { limit: "100", ...after !== undefined && { after } };
    const asked = await callGraph({ method: "GET", path, query }, access, io);
    if (!asked.ok) return i === 0 && UNKNOWN.has(asked.error.code) ? [] : null;
    const { data } = PageIds.safeParse(asked.value);
    if (data === undefined) return null;
    found.push(...data.data);
    after = data.paging?.cursors.after;
    if (after === undefined) return found;
  }
  return null;
}

function bytesOf(text: string): Uint8Array | null {
  try {
    return Uint8Array.fromBase64(text.replace(/=+$/, ""), { alphabet: "base64url" });
  } catch {
    return null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(text) ?? new Uint8Array()));
  } catch {
    return undefined;
  }
}
