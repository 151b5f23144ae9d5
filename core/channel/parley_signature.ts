import { equalText } from "../constant_time.ts";
import { joinBytes } from "../join_bytes.ts";
import type { VerifyResult } from "./adapter.ts";
import { hmacHex } from "./digests.ts";

/** Header of what Parley signs and of what is signed for it. */
export const SIGNATURE_HEADER = "parley-signature";
/** A signature is taken for this long after it was made, and as long before by a clock that runs ahead. */
export const SIGNATURE_WINDOW_MS = 300_000;

/** While a secret is replaced there are two; more are not looked at. */
const MAX_SIGNATURES = 4;
const MAX_HEADER = 1_000;
const TIME = /^t=(\d{1,12})$/;
const SIGNATURE = /^v1=([0-9a-f]{64})$/;

/**
 * Value of `Parley-Signature`: `t=<seconds>,v1=<hex HMAC-SHA256(secret, t + "." + body)>`, one `v1` for each secret.
 * @param secrets the one in use first, then one that is being replaced
 * @param now epoch ms
 */
export async function signParley(
  secrets: readonly string[],
  body: Uint8Array<ArrayBuffer>,
  now: number,
): Promise<string> {
  const seconds = String(Math.floor(now / 1_000));
  const macs = await Promise.all(secrets.map((secret) => mac(secret, seconds, body)));
  return [`t=${seconds}`, ...macs.map((hex) => `v1=${hex}`)].join(",");
}

/** Whether a `Parley-Signature` was made for this body with one of the secrets, lately. Never throws. */
export async function verifyParley(
  header: string | null,
  secrets: readonly string[],
  body: Uint8Array<ArrayBuffer>,
  now: number,
): Promise<VerifyResult> {
  if (header === null || header === "") return { ok: false, reason: "missing" };
  const [first = "", ...rest] = header.slice(0, MAX_HEADER + 1).split(",").map((one) => one.trim());
  const [, seconds] = TIME.exec(first) ?? [];
  const given = rest.map((one) => SIGNATURE.exec(one)?.[1]);
  const isWhole = header.length <= MAX_HEADER && given.length <= MAX_SIGNATURES &&
    given.length > 0 && given.every((hex) => hex !== undefined);
  if (seconds === undefined || !isWhole) return { ok: false, reason: "malformed" };
  const wanted = await Promise.all(secrets.map((secret) => mac(secret, seconds, body)));
  // All pairs are compared, so that the time taken tells nothing.
  const matches = wanted.flatMap((one) => given.map((hex) => equalText(hex ?? "", one)));
  if (!matches.includes(true)) return { ok: false, reason: "mismatch" };
  return Math.abs(now - Number(seconds) * 1_000) > SIGNATURE_WINDOW_MS
    ? { ok: false, reason: "expired" }
    : { ok: true };
}

async function mac(secret: string, seconds: string, body: Uint8Array<ArrayBuffer>) {
  return await hmacHex(secret, joinBytes([new TextEncoder().encode(`${seconds}.`), body]));
}
