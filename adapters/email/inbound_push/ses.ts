import { Buffer } from "node:buffer";
import { z } from "zod";
import type {
  Delivery,
  Io,
  Verdict,
  VerifyResult,
  WebhookRequest,
} from "../../../core/channel/mod.ts";
import { isAddress } from "../mail_addresses.ts";
import { isWrongAddress } from "../reports/mod.ts";
import { parseJson } from "./form_fields.ts";
import { withLogin } from "./postmark.ts";
import {
  MAX_WRAPPED_BYTES,
  type PushConfig,
  type Pushed,
  type PushProvider,
} from "./push_provider.ts";
import { isSignedBySns, SnsEnvelope, subscribeUrl } from "./sns_envelope.ts";
import { epochMs, ProviderId } from "./provider_values.ts";
import { verifyBasic } from "./verify_secret.ts";

/** Amazon stops trying long before. */
const PROOF_LASTS_MS = 24 * 60 * 60 * 1_000;
const CLOCK_SKEW_MS = 15 * 60 * 1_000;

/** Of bounces: the address is none, or Amazon sends nothing to it any more. */
const WRONG_ADDRESS = new Set(["NoEmail", "Suppressed", "OnAccountSuppressionList"]);

const ReceiptVerdict = z.object({ status: z.string() }).optional().catch(undefined);
const Received = z.object({
  notificationType: z.literal("Received"),
  content: z.string().optional(),
  mail: z.object({ source: z.string().optional().catch(undefined) }).catch({}),
  receipt: z.object({
    recipients: z.array(z.string()).catch([]),
    spamVerdict: ReceiptVerdict,
    virusVerdict: ReceiptVerdict,
    spfVerdict: ReceiptVerdict,
    dkimVerdict: ReceiptVerdict,
    dmarcVerdict: ReceiptVerdict,
    action: z.object({ type: z.string(), encoding: z.string().optional() }).optional(),
  }),
});
type Received = z.infer<typeof Received>;
const Receipt = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z.object({ messageId: ProviderId }),
  delivery: z.object({ timestamp: z.string() }).optional(),
  bounce: z.object({
    bounceType: z.string(),
    bounceSubType: z.string().optional(),
    timestamp: z.string(),
    bouncedRecipients: z.array(z.object({
      emailAddress: z.string().max(320).refine(isAddress).optional().catch(undefined),
      diagnosticCode: z.string().optional(),
    })).catch([]),
  }).optional(),
});

/**
 * Amazon SES through an SNS topic: receipts with the action "SNS", and bounce and delivery notices. Proof: Amazon's
 * signature, from a topic of the channel's list; without a list, the password in the address.
 */
export const ses: PushProvider = {
  contentTypes: ["text/plain", "application/json"],
  maxBytes: MAX_WRAPPED_BYTES,
  verify: async (request, config, io) => (await verified(request, config, io)).result,
  async handshake(request, config, io) {
    if (typeOf(request) !== "SubscriptionConfirmation") return null;
    const { result, envelope } = await verified(request, config, io);
    const url = envelope === null ? null : subscribeUrl(envelope);
    if (!result.ok || url === null) {
      io.log("warn", "topic not confirmed", { reason: result.ok ? "address" : result.reason });
      return new Response(null, { status: 401 });
    }
    const { ok, body } = await io.fetch(url);
    await body?.cancel();
    io.log(ok ? "info" : "warn", ok ? "topic confirmed" : "topic not confirmed");
    return new Response(null, { status: ok ? 200 : 502 });
  },
  open: (delivery) => Promise.resolve(openEnvelope(delivery)),
  guide: (url) => ({
    detail:
      `In Amazon SNS, subscribe ${
        withLogin(url)
      } with the secret as its password to the topic of your SES receipt ` +
      "rule (action SNS, encoding Base64); Parley confirms it",
  }),
};

function typeOf({ headers }: WebhookRequest): string | null {
  return headers.get("x-amz-sns-message-type");
}

/** Cheap checks first: nothing is fetched for what could not be accepted anyway. */
async function verified(
  request: WebhookRequest,
  config: PushConfig,
  io: Io,
): Promise<{ readonly result: VerifyResult; readonly envelope: SnsEnvelope | null }> {
  const refuse = (reason: Exclude<VerifyResult, { ok: true }>["reason"]) => ({
    result: { ok: false, reason } as const,
    envelope: null,
  });
  const hasLogin = request.headers.has("authorization");
  if (hasLogin || config.topicArns.length === 0) {
    const login = verifyBasic(request, config.secret);
    if (!login.ok) return { result: login, envelope: null };
  }
  const parsed = SnsEnvelope.safeParse(parseJson(new TextDecoder().decode(request.body)));
  if (!parsed.success) return refuse("malformed");
  const envelope = parsed.data;
  const isAsSaid = typeOf(request) === envelope.Type &&
    request.headers.get("x-amz-sns-message-id") === envelope.MessageId;
  if (!isAsSaid) return refuse("mismatch");
  const isOurs = config.topicArns.length === 0 || config.topicArns.includes(envelope.TopicArn);
  if (!isOurs) return refuse("mismatch");
  const ageMs = io.now() - Date.parse(envelope.Timestamp);
  if (ageMs > PROOF_LASTS_MS || ageMs < -CLOCK_SKEW_MS) return refuse("expired");
  return await isSignedBySns(envelope, io)
    ? { result: { ok: true }, envelope }
    : refuse("mismatch");
}

function openEnvelope({ body, receivedAt }: Delivery): Pushed {
  const parsed = SnsEnvelope.safeParse(parseJson(new TextDecoder().decode(body)));
  if (!parsed.success) return { kind: "unparsable", reason: "This is no message of Amazon SNS" };
  if (parsed.data.Type !== "Notification") {
    return { kind: "ignored", reason: `Amazon SNS says ${parsed.data.Type}` };
  }
  const message = parseJson(parsed.data.Message);
  const received = Received.safeParse(message);
  if (received.success) return openReceived(received.data);
  const receipt = Receipt.safeParse(message);
  if (receipt.success) return openReceipt(receipt.data, receivedAt);
  return parsed.data.Message.startsWith("Successfully validated SNS topic")
    ? { kind: "ignored", reason: "Amazon SES tried the topic" }
    : { kind: "unparsable", reason: "The notification is none of Amazon SES" };
}

function openReceived({ content, mail, receipt }: Received): Pushed {
  if (content === undefined) {
    return receipt.action?.type === "S3"
      ? {
        kind: "unparsable",
        reason:
          "Amazon SES stored this mail in S3, which Parley does not read: let the receipt rule use the action " +
          "SNS with Base64 instead (up to 150 KB), or deliver mail another way",
      }
      : { kind: "unparsable", reason: "The notification holds no mail" };
  }
  const isBase64 = receipt.action?.encoding?.toUpperCase() === "BASE64";
  const bytes = isBase64
    ? Uint8Array.from(Buffer.from(content, "base64"))
    : new TextEncoder().encode(content);
  return {
    kind: "mail",
    bytes,
    envelopeFrom: mail.source,
    envelopeTo: receipt.recipients.join(", ") || undefined,
    verdict: verdictOf(receipt),
    notes: verdicts(receipt),
  };
}

function verdictOf(receipt: Received["receipt"]): Verdict {
  const { spfVerdict, dkimVerdict, dmarcVerdict, spamVerdict, virusVerdict } = receipt;
  const hasVirus = virusVerdict?.status === "FAIL";
  const isSpam = spamVerdict?.status === "FAIL" || hasVirus;
  const check = (verdict: z.infer<typeof ReceiptVerdict>) => {
    switch (verdict?.status) {
      case "PASS":
        return "pass";
      case "FAIL":
        return "fail";
      case "PROCESSING_FAILED":
        return "error";
      default:
        return "none";
    }
  };
  return {
    by: "Amazon SES",
    spf: check(spfVerdict),
    dkim: check(dkimVerdict),
    dmarc: check(dmarcVerdict),
    ...isSpam ? { isSpam } : {},
    ...hasVirus ? { because: "a virus" } : {},
  };
}

function verdicts(receipt: Received["receipt"]): { step: string; detail: string }[] {
  const told = [
    ["SPF", receipt.spfVerdict],
    ["DKIM", receipt.dkimVerdict],
    ["DMARC", receipt.dmarcVerdict],
    ["Spam", receipt.spamVerdict],
    ["Virus", receipt.virusVerdict],
  ] as const;
  const detail = told.flatMap(([name, verdict]) =>
    verdict === undefined ? [] : [`${name}: ${verdict.status.slice(0, 40)}`]
  ).join(", ");
  return detail === "" ? [] : [{ step: "provider_verdict", detail }];
}

function openReceipt(receipt: z.infer<typeof Receipt>, receivedAt: number): Pushed {
  const { mail, bounce, delivery } = receipt;
  const kind = receipt.notificationType ?? receipt.eventType ?? "";
  const base = (at: string) => ({
    type: "status" as const,
    externalId: `ses ${kind.replace(/\W/g, "").slice(0, 40)} ${mail.messageId}`,
    occurredAt: epochMs(at) ?? receivedAt,
    target: { by: "external" as const, messageExternalId: mail.messageId },
  });
  if (kind === "Delivery" && delivery !== undefined) {
    return { kind: "events", events: [{ ...base(delivery.timestamp), status: "delivered" }] };
  }
  if (kind === "Bounce" && bounce?.bounceType === "Permanent") {
    const provider = [bounce.bounceSubType, bounce.bouncedRecipients[0]?.diagnosticCode]
      .filter(Boolean).join(": ").slice(0, 200);
    const error = {
      code: "recipient_unreachable",
      message: "The mail came back: this address takes no mail.",
      ...provider === "" ? {} : { provider },
    };
    const badAddresses = bounce.bouncedRecipients.slice(0, 50)
      .filter(({ diagnosticCode = "" }) =>
        WRONG_ADDRESS.has(bounce.bounceSubType ?? "") || isWrongAddress(diagnosticCode)
      ).flatMap(({ emailAddress }) => emailAddress ?? []);
    const failed = {
      ...base(bounce.timestamp),
      status: "failed" as const,
      error,
      ...badAddresses.length === 0 ? {} : { badAddresses },
    };
    return { kind: "events", events: [failed] };
  }
  return { kind: "ignored", reason: `a "${kind.slice(0, 40)}" notice` };
}
