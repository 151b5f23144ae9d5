/** How Meta writes and signs what it delivers. */
import { createHmac } from "node:crypto";

/** JSON in which everything beyond ASCII, and each slash, is escaped: those bytes are what is signed. */
export function deliveryJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** Value of `X-Hub-Signature-256`. */
export function signDelivery(appSecret: string, body: string | Uint8Array): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

/** Value of the older `X-Hub-Signature`, which is sent beside it. */
export function signDeliverySha1(appSecret: string, body: string | Uint8Array): string {
  return `sha1=${createHmac("sha1", appSecret).update(body).digest("hex")}`;
}

/** `appsecret_proof` of a call with this token. */
export function appSecretProof(appSecret: string, accessToken: string): string {
  return createHmac("sha256", appSecret).update(accessToken).digest("hex");
}

/** What Meta posts when somebody asks for the deletion of their data: `signature.payload`, both base64url. */
export function signedRequest(appSecret: string, payload: unknown): string {
  const text = Buffer.from(JSON.stringify(payload)).toString("base64url");
  return `${createHmac("sha256", appSecret).update(text).digest("base64url")}.${text}`;
}
