import {
  equalText,
  hmacHex,
  type VerifyResult,
  type WebhookRequest,
} from "../../../core/channel/mod.ts";

const FORM = /^sha256=[0-9a-f]{64}$/;

/** Whether Meta sent these bytes: HMAC-SHA256 with the app's secret, over the body as it came. */
export async function verifySignature(
  { headers, body }: Pick<WebhookRequest, "headers" | "body">,
  appSecret: string,
): Promise<VerifyResult> {
  // The older header beside it, by SHA-1, proves nothing.
  const given = headers.get("x-hub-signature-256");
  if (given === null) return { ok: false, reason: "missing" };
  if (!FORM.test(given)) return { ok: false, reason: "malformed" };
  const isRight = equalText(given, `sha256=${await hmacHex(appSecret, body)}`);
  return isRight ? { ok: true } : { ok: false, reason: "mismatch" };
}
