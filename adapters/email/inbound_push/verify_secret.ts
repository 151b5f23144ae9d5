import { Buffer } from "node:buffer";
import { equalText, type VerifyResult, type WebhookRequest } from "../../../core/channel/mod.ts";

/** The channel's own secret as `Authorization: Bearer <secret>`. */
export function verifyBearer(
  request: Pick<WebhookRequest, "headers">,
  secret: string,
): VerifyResult {
  return compare(request, secret, (given) => /^Bearer +(\S+)$/i.exec(given)?.[1]);
}

/** The secret as the password in the webhook's address (`https://parley:<secret>@…`); the user's name does not matter. */
export function verifyBasic(
  request: Pick<WebhookRequest, "headers">,
  secret: string,
): VerifyResult {
  return compare(request, secret, (given) => {
    const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(given)?.[1];
    if (encoded === undefined) return undefined;
    const decoded = new TextDecoder().decode(Buffer.from(encoded, "base64"));
    const colon = decoded.indexOf(":");
    return colon < 0 ? undefined : decoded.slice(colon + 1);
  });
}

function compare(
  { headers }: Pick<WebhookRequest, "headers">,
  secret: string,
  read: (header: string) => string | undefined,
): VerifyResult {
  const header = headers.get("authorization");
  if (header === null) return { ok: false, reason: "missing" };
  const given = read(header.trim());
  if (given === undefined) return { ok: false, reason: "malformed" };
  return equalText(given, secret) ? { ok: true } : { ok: false, reason: "mismatch" };
}
