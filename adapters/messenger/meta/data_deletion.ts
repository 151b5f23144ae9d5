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
});

/** Asked again later, Meta may know. Whom it refuses to tell of has written to no Page of the app. */
const PASSING: ReadonlySet<SendErrorCode> = new Set(["unavailable", "ambiguous", "rate_limited"]);

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
  const access = { token: `${config.appId}|${config.appSecret}`, app: config };
  const path = `${encodeURIComponent(data.user_id)}/ids_for_pages`;
  const asked = await callGraph({ method: "GET", path }, access, io);
  if (!asked.ok && PASSING.has(asked.error.code)) return { ok: false, reason: "unavailable" };
  const pages = asked.ok ? PageIds.safeParse(asked.value).data?.data ?? [] : [];
  return {
    ok: true,
    identities: [
      { kind: "meta_user", value: data.user_id },
      ...pages.map(({ id, page }) => ({ kind: "psid", value: `${page.id}:${id}` })),
    ],
  };
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
