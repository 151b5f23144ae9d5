import { createHmac } from "node:crypto";
import {
  equalText,
  type Io,
  type VerifyResult,
  type WebhookRequest,
} from "../../../core/channel/mod.ts";
import { MAX_RAW_BYTES, type PushConfig, type PushProvider } from "./push_provider.ts";
import { CLOUDFLARE_WORKER } from "./cloudflare_worker_source.ts";
import { raw } from "./raw.ts";

const PROOF_LASTS_MS = 300_000;

/**
 * Cloudflare Email Routing through the worker of this folder: each mail as it is. Proof, as of Parley's own webhooks:
 * `Parley-Signature: t=<seconds>,v1=<hex HMAC-SHA256(secret, t + "." + body)>`.
 */
export const cloudflare: PushProvider = {
  contentTypes: ["message/rfc822"],
  maxBytes: MAX_RAW_BYTES,
  verify: (request, config, io) => Promise.resolve(verify(request, config, io)),
  open: raw.open,
  guide: (url) => ({
    detail:
      `In Cloudflare, add this worker with PARLEY_HOOK set to ${url} and PARLEY_SECRET to the secret, and ` +
      "route the address to it",
    code: CLOUDFLARE_WORKER,
  }),
};

function verify({ headers, body }: WebhookRequest, { secret }: PushConfig, io: Io): VerifyResult {
  const header = headers.get("parley-signature");
  if (header === null) return { ok: false, reason: "missing" };
  const [, seconds, given] = /^t=(\d{9,11}),v1=([0-9a-f]{64})$/.exec(header.trim()) ?? [];
  if (seconds === undefined || given === undefined) return { ok: false, reason: "malformed" };
  const expected = createHmac("sha256", secret).update(`${seconds}.`).update(body).digest("hex");
  if (!equalText(given, expected)) return { ok: false, reason: "mismatch" };
  const isFresh = Math.abs(io.now() - Number(seconds) * 1_000) <= PROOF_LASTS_MS;
  return isFresh ? { ok: true } : { ok: false, reason: "expired" };
}
