import { Buffer } from "node:buffer";
import { createPublicKey, verify as verifySignature } from "node:crypto";
import { z } from "zod";
import type {
  Delivery,
  Io,
  Verdict,
  VerifyResult,
  WebhookRequest,
} from "../../../core/channel/mod.ts";
import { parseMime } from "../mime/mod.ts";
import { providerVerdict, signatureResults } from "./provider_verdict.ts";
import { buildMime, type PieceFile } from "./build_mime.ts";
import { type FormField, formFields, lastField, lastJson, lastText } from "./form_fields.ts";
import { withLogin } from "./postmark.ts";
import {
  MAX_WRAPPED_BYTES,
  type PushConfig,
  type Pushed,
  type PushProvider,
} from "./push_provider.ts";
import { verifyBasic } from "./verify_secret.ts";

/** SendGrid tries again for three days. The proof covers the body, so an old one can only repeat what came. */
const PROOF_LASTS_MS = 3 * 24 * 60 * 60 * 1_000;
const CLOCK_SKEW_MS = 15 * 60 * 1_000;
const SIGNATURE = "x-twilio-email-event-webhook-signature";
const TIMESTAMP = "x-twilio-email-event-webhook-timestamp";

const Texts = z.record(z.string(), z.string().catch("")).catch({});
const Envelope = z.object({
  from: z.string().optional().catch(undefined),
  to: z.array(z.string()).catch([]),
}).catch({ to: [] });
const FileInfo = z.record(
  z.string(),
  z.object({
    filename: z.string().optional(),
    name: z.string().optional(),
    type: z.string().optional(),
    "content-id": z.string().optional(),
  }).catch({}),
).catch({});

/**
 * SendGrid's Inbound Parse, best with "POST the raw, full MIME message". Proof: the password in the address, and the ECDSA
 * signature over timestamp and body when the channel has the verification key.
 */
export const sendgrid: PushProvider = {
  contentTypes: ["multipart/form-data"],
  maxBytes: MAX_WRAPPED_BYTES,
  verify: (request, config, io) => Promise.resolve(verify(request, config, io)),
  open: (delivery) => Promise.resolve(openForm(delivery)),
  guide: (url) => ({
    detail:
      `In SendGrid, set the Inbound Parse address to ${
        withLogin(url)
      } with the secret as its password, ` +
      "and turn on “POST the raw, full MIME message”",
  }),
};

function verify(request: WebhookRequest, config: PushConfig, io: Io): VerifyResult {
  const { verificationKey } = config;
  return verificationKey === undefined
    ? verifyBasic(request, config.secret)
    : verifySigned(request, verificationKey, io);
}

/** The signature in place of the password: SendGrid cannot be made to send both everywhere. */
function verifySigned(
  { headers, body }: WebhookRequest,
  verificationKey: string,
  io: Io,
): VerifyResult {
  const signature = headers.get(SIGNATURE);
  const timestamp = headers.get(TIMESTAMP);
  if (signature === null || timestamp === null) return { ok: false, reason: "missing" };
  if (!/^[A-Za-z0-9+/]{16,200}={0,2}$/.test(signature) || !/^\d{9,11}$/.test(timestamp)) {
    return { ok: false, reason: "malformed" };
  }
  const signed = Buffer.concat([Buffer.from(timestamp), body]);
  if (!isSigned(verificationKey, signed, Buffer.from(signature, "base64"))) {
    return { ok: false, reason: "mismatch" };
  }
  const ageMs = io.now() - Number(timestamp) * 1_000;
  if (ageMs > PROOF_LASTS_MS || ageMs < -CLOCK_SKEW_MS) return { ok: false, reason: "expired" };
  return { ok: true };
}

/** False also for a key or signature that is none. */
function isSigned(base64Key: string, signed: Buffer, signature: Buffer): boolean {
  try {
    const der = Buffer.from(base64Key.replace(/-----[A-Z ]+-----|\s/g, ""), "base64");
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    return key.asymmetricKeyType === "ec" && verifySignature("sha256", signed, key, signature);
  } catch {
    return false;
  }
}

function openForm(delivery: Delivery): Pushed {
  const fields = formFields(delivery);
  if (fields.length === 0) return { kind: "unparsable", reason: "The form cannot be read" };
  const { from, to } = Envelope.parse(lastJson(fields, "envelope"));
  const about = {
    ...from === undefined ? {} : { envelopeFrom: from },
    ...to.length === 0 ? {} : { envelopeTo: to.join(", ") },
    verdict: verdictOf(fields),
    notes: scoreNote(fields),
  };
  const whole = lastField(fields, "email");
  if (whole !== null && whole.bytes.length > 0) {
    return { kind: "mail", bytes: whole.bytes, ...about };
  }
  if (lastField(fields, "headers") === null && lastField(fields, "from") === null) {
    return { kind: "unparsable", reason: "No mail is in the form" };
  }
  return { kind: "mail", bytes: rebuilt(fields), rebuiltFrom: "SendGrid", ...about };
}

/** Every text field may come in a charset of its own. */
function rebuilt(fields: readonly FormField[]): Uint8Array<ArrayBuffer> {
  const charsets = Texts.parse(lastJson(fields, "charsets"));
  const head = lastField(fields, "headers")?.bytes ?? new Uint8Array();
  const headers = [
    ...parseMime(head, { maxDepth: 0, maxParts: 1, maxHeaderBytes: 1 << 20 }).root.fields,
  ];
  for (const name of ["from", "to", "cc", "subject"]) {
    const value = lastText(fields, name, charsets[name]);
    const isMissing = !headers.some((header) => header.name === name);
    if (isMissing && value !== null && value !== "") headers.push({ name, value });
  }
  const piece = (name: string) => {
    const field = lastField(fields, name);
    return field === null
      ? {}
      : { [name]: { bytes: field.bytes, charset: charsets[name] ?? "utf-8" } };
  };
  return buildMime({ headers, ...piece("text"), ...piece("html"), files: filesIn(fields) });
}

function filesIn(fields: readonly FormField[]): readonly PieceFile[] {
  const info = FileInfo.parse(lastJson(fields, "attachment-info"));
  return fields.filter(({ name, fileName }) => fileName !== null && /^attachment\d+$/.test(name))
    .map(({ name, fileName, type, bytes }) => {
      const { filename, name: title, type: kind, "content-id": contentId } = info[name] ?? {};
      return {
        name: filename ?? title ?? fileName ?? "",
        type: kind ?? type,
        ...contentId ? { contentId: contentId.replace(/[<>]/g, "") } : {},
        content: Buffer.from(bytes).toString("base64"),
      };
    });
}

function verdictOf(fields: readonly FormField[]): Verdict | undefined {
  const told = (name: string) => {
    const text = lastText(fields, name);
    return text === null ? [] : [text];
  };
  return providerVerdict({
    by: "SendGrid",
    spf: told("SPF"),
    dkim: told("dkim").flatMap(signatureResults),
    spamScore: told("spam_score"),
  });
}

function scoreNote(fields: readonly FormField[]): { step: string; detail: string }[] {
  const score = Number.parseFloat(lastText(fields, "spam_score") ?? "");
  if (!Number.isFinite(score)) return [];
  // "Content analysis details: … pts rule name  description", a rule per line.
  const rules = (lastText(fields, "spam_report") ?? "").slice(0, 20_000)
    .matchAll(/^\s*\*?\s*-?\d+\.\d+\s+([A-Z][A-Z0-9_]{2,40})\b/gm);
  const named = [...rules].map(([, name]) => name).slice(0, 10).join(", ");
  const detail = `Spam score: ${score}${named === "" ? "" : ` (${named})`}`;
  return [{ step: "provider_verdict", detail }];
}
