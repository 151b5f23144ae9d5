import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { z } from "zod";
import {
  type Delivery,
  equalText,
  type Io,
  type Verdict,
  type VerifyResult,
  type WebhookRequest,
} from "../../../core/channel/mod.ts";
import { parseMime } from "../mime/mod.ts";
import { providerVerdict } from "./provider_verdict.ts";
import { isAddress } from "../mail_addresses.ts";
import { isWrongAddress } from "../reports/mod.ts";
import { buildMime, type PieceFile } from "./build_mime.ts";
import {
  type FormField,
  formFields,
  lastField,
  lastJson,
  lastText,
  parseJson,
} from "./form_fields.ts";
import {
  MAX_WRAPPED_BYTES,
  type PushConfig,
  type Pushed,
  type PushProvider,
} from "./push_provider.ts";

/** Mailgun tries again for about eight hours, with the proof it made at first. */
const PROOF_LASTS_MS = 12 * 60 * 60 * 1_000;
/** How far its clock may run ahead of ours. */
const CLOCK_SKEW_MS = 15 * 60 * 1_000;

const Signature = z.object({ timestamp: z.string(), token: z.string(), signature: z.string() });
const Event = z.object({
  signature: Signature,
  "event-data": z.object({
    event: z.string(),
    id: z.string().optional(),
    severity: z.string().optional(),
    timestamp: z.number().nonnegative().max(8e12).optional().catch(undefined),
    recipient: z.string().optional().catch(undefined),
    message: z.object({
      headers: z.object({ "message-id": z.string().max(300).regex(/^\P{Cc}+$/u) }),
    }).optional().catch(undefined),
    "delivery-status": z.object({
      code: z.number().optional().catch(undefined),
      message: z.string().optional().catch(undefined),
      description: z.string().optional().catch(undefined),
    }).optional().catch(undefined),
  }),
});
const Headers = z.array(z.tuple([z.string(), z.string()])).catch([]);
const ContentIds = z.record(z.string(), z.string()).catch({});

/**
 * Mailgun routes (`forward(url)`, best with an address that ends in "mime") and its event webhooks. Proof: HMAC-SHA256 of
 * timestamp and token with the webhook signing key, which does not cover the body, so each token is good once.
 */
export const mailgun: PushProvider = {
  contentTypes: [
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "application/json",
  ],
  maxBytes: MAX_WRAPPED_BYTES,
  verify: (request, config, io) => Promise.resolve(verify(request, config, io)),
  open: (delivery) =>
    Promise.resolve(
      delivery.contentType === "application/json" ? openEvent(delivery) : openForm(delivery),
    ),
  guide: (url) => ({
    detail:
      `In Mailgun, make a route that forwards to ${url}?mime; the secret is the HTTP webhook signing key`,
  }),
};

function verify(request: WebhookRequest, { secret }: PushConfig, io: Io): VerifyResult {
  const proof = proofOf(request);
  if (proof === null) return { ok: false, reason: "missing" };
  const { timestamp, token, signature } = proof;
  const isWellFormed = /^\d{9,11}$/.test(timestamp) && /^[\x21-\x7e]{16,200}$/.test(token) &&
    /^[0-9a-f]{64}$/.test(signature);
  if (!isWellFormed) return { ok: false, reason: "malformed" };
  const expected = createHmac("sha256", secret).update(timestamp + token).digest("hex");
  if (!equalText(signature, expected)) return { ok: false, reason: "mismatch" };
  const ageMs = io.now() - Number(timestamp) * 1_000;
  if (ageMs > PROOF_LASTS_MS || ageMs < -CLOCK_SKEW_MS) return { ok: false, reason: "expired" };
  return { ok: true, once: token };
}

function proofOf({ headers, body }: WebhookRequest): z.infer<typeof Signature> | null {
  const contentType = headers.get("content-type") ?? "";
  if (/^\s*application\/json\b/i.test(contentType)) {
    const event = z.object({ signature: Signature }).safeParse(
      parseJson(new TextDecoder().decode(body)),
    );
    return event.data?.signature ?? null;
  }
  const fields = formFields({ headers: { "content-type": contentType }, body });
  const [timestamp, token, signature] = ["timestamp", "token", "signature"]
    .map((name) => lastText(fields, name));
  return timestamp && token && signature ? { timestamp, token, signature } : null;
}

function openForm(delivery: Delivery): Pushed {
  const fields = formFields(delivery);
  if (fields.length === 0) return { kind: "unparsable", reason: "The form cannot be read" };
  const envelope = {
    envelopeFrom: lastText(fields, "sender") ?? undefined,
    envelopeTo: lastText(fields, "recipient") ?? undefined,
  };
  const mime = lastField(fields, "body-mime");
  if (mime !== null && mime.bytes.length > 0) {
    const verdict = verdictOf(fields, headersOf(mime.bytes));
    return { kind: "mail", bytes: mime.bytes, ...envelope, verdict };
  }
  if (lastField(fields, "message-headers") === null && lastField(fields, "from") === null) {
    return { kind: "unparsable", reason: "No mail is in the form" };
  }
  const isStored = lastField(fields, "message-url") !== null;
  const notes = isStored && lastField(fields, "attachments") !== null
    ? [{
      step: "files_left_out",
      detail: "Files stayed at Mailgun: let the route forward() instead of store()",
    }]
    : [];
  const verdict = verdictOf(fields, listedHeaders(fields));
  const bytes = rebuilt(fields);
  return { kind: "mail", bytes, rebuiltFrom: "Mailgun", ...envelope, verdict, notes };
}

interface Header {
  readonly name: string;
  readonly value: string;
}

function headersOf(mail: Uint8Array<ArrayBuffer>): readonly Header[] {
  return parseMime(mail, { maxDepth: 0, maxParts: 1, maxHeaderBytes: 1 << 20 }).root.fields;
}

function listedHeaders(fields: readonly FormField[]): readonly Header[] {
  return Headers.parse(lastJson(fields, "message-headers"))
    .map(([name, value]) => ({ name, value }));
}

/** Mailgun writes its findings into the mail's header, and names that header's fields in the form too. */
function verdictOf(
  fields: readonly FormField[],
  headers: readonly Header[],
): Verdict | undefined {
  const told = (name: string) => {
    const posted = lastText(fields, name);
    const values = headers.filter((header) => header.name.toLowerCase() === name.toLowerCase())
      .map(({ value }) => value);
    return posted === null ? values : [...values, posted];
  };
  return providerVerdict({
    by: "Mailgun",
    spf: told("X-Mailgun-Spf"),
    dkim: told("X-Mailgun-Dkim-Check-Result"),
    spamFlag: told("X-Mailgun-Sflag"),
    spamScore: told("X-Mailgun-Sscore"),
  });
}

function rebuilt(fields: readonly FormField[]): Uint8Array<ArrayBuffer> {
  const listed = listedHeaders(fields);
  const headers = listed.length > 0
    ? listed
    : ["From", "To", "Cc", "Subject", "Date", "Message-Id", "In-Reply-To", "References"]
      .flatMap((name) => {
        const value = lastText(fields, name) ?? lastText(fields, name.toLowerCase());
        return value === null ? [] : [{ name, value }];
      });
  const [text, html] = [lastField(fields, "body-plain"), lastField(fields, "body-html")];
  return buildMime({
    headers,
    ...text === null ? {} : { text },
    ...html === null ? {} : { html },
    files: filesIn(fields),
  });
}

function filesIn(fields: readonly FormField[]): readonly PieceFile[] {
  const contentIds = new Map(
    Object.entries(ContentIds.parse(lastJson(fields, "content-id-map")))
      .map(([contentId, field]) => [field, contentId.replace(/[<>]/g, "")]),
  );
  return fields.filter(({ name, fileName }) => fileName !== null && /^attachment-\d+$/.test(name))
    .map(({ name, fileName, type, bytes }) => {
      const contentId = contentIds.get(name);
      return {
        name: fileName ?? "",
        type,
        ...contentId === undefined ? {} : { contentId },
        content: Buffer.from(bytes).toString("base64"),
      };
    });
}

function openEvent({ body, receivedAt }: Delivery): Pushed {
  const parsed = Event.safeParse(parseJson(new TextDecoder().decode(body)));
  if (!parsed.success) return { kind: "unparsable", reason: "This is no event of Mailgun's" };
  const { event, id, severity, timestamp, recipient, message, ...rest } = parsed.data["event-data"];
  const isBounce = event === "failed" && severity !== "temporary";
  if (message === undefined || !(event === "delivered" || isBounce)) {
    return { kind: "ignored", reason: `a "${event.slice(0, 40)}" event` };
  }
  const messageExternalId = message.headers["message-id"].replace(/^<|>$/g, "");
  if (messageExternalId === "") return { kind: "ignored", reason: "an event of no mail" };
  const base = {
    type: "status" as const,
    externalId: `mailgun ${id ?? `${event} ${messageExternalId} ${recipient ?? ""}`}`
      .replace(/\p{Cc}/gu, "").slice(0, 300),
    occurredAt: timestamp === undefined ? receivedAt : Math.round(timestamp * 1_000),
    target: { by: "external" as const, messageExternalId },
  };
  if (!isBounce) return { kind: "events", events: [{ ...base, status: "delivered" }] };
  const { code, message: words, description } = rest["delivery-status"] ?? {};
  const provider = [code, words || description].filter(Boolean).join(" ").slice(0, 200);
  const error = {
    code: "recipient_unreachable",
    message: "The mail came back: this address takes no mail.",
    ...provider === "" ? {} : { provider },
  };
  const isWrong = recipient !== undefined && isAddress(recipient) && isWrongAddress(provider);
  const badAddresses = isWrong ? { badAddresses: [recipient] } : {};
  return { kind: "events", events: [{ ...base, status: "failed", error, ...badAddresses }] };
}
