import { createVerify, X509Certificate } from "node:crypto";
import { z } from "zod";
import type { Io } from "../../../core/channel/mod.ts";

/** What Amazon SNS posts. */
export const SnsEnvelope = z.object({
  Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  MessageId: z.string().min(1).max(200),
  TopicArn: z.string().min(1).max(300),
  Message: z.string(),
  Subject: z.string().nullish(),
  Timestamp: z.iso.datetime(),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
  SignatureVersion: z.enum(["1", "2"]),
  Signature: z.base64(),
  SigningCertURL: z.string().optional(),
  SigningCertUrl: z.string().optional(),
});
export type SnsEnvelope = z.infer<typeof SnsEnvelope>;

const SNS_HOST = /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(?:\.cn)?$/;
const CERTIFICATE_PATH = /^\/SimpleNotificationService-[A-Za-z0-9]{1,100}\.pem$/;
const CERTIFICATE_KEPT_MS = 24 * 60 * 60 * 1_000;
const MAX_CERTIFICATE_LENGTH = 20_000;

/**
 * Whether Amazon signed an envelope. The certificate is only taken from Amazon's own address for them.
 * @throws when the certificate cannot be fetched right now, so that Amazon tries again
 */
export async function isSignedBySns(envelope: SnsEnvelope, io: Io): Promise<boolean> {
  const url = certificateUrl(envelope.SigningCertURL ?? envelope.SigningCertUrl ?? "");
  if (url === null) return false;
  const certificate = await io.cached(url, CERTIFICATE_KEPT_MS, () => fetchCertificate(url, io));
  try {
    const algorithm = envelope.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256";
    const { publicKey } = new X509Certificate(certificate);
    return publicKey.asymmetricKeyType === "rsa" &&
      createVerify(algorithm).update(signedText(envelope))
        .verify(publicKey, envelope.Signature, "base64");
  } catch {
    // Not a certificate, or a signature of another length.
    return false;
  }
}

/** What the signature covers: each field's name and value on a line of its own, in the order Amazon fixed. */
export function signedText(envelope: SnsEnvelope): string {
  const { Type, Message, MessageId, Subject, SubscribeURL, Timestamp, Token, TopicArn } = envelope;
  const fields: readonly (readonly [string, string | null | undefined])[] = Type === "Notification"
    ? [
      ["Message", Message],
      ["MessageId", MessageId],
      ["Subject", Subject],
      ["Timestamp", Timestamp],
      ["TopicArn", TopicArn],
      ["Type", Type],
    ]
    : [
      ["Message", Message],
      ["MessageId", MessageId],
      ["SubscribeURL", SubscribeURL],
      ["Timestamp", Timestamp],
      ["Token", Token],
      ["TopicArn", TopicArn],
      ["Type", Type],
    ];
  return fields.flatMap(([name, value]) => value == null ? [] : [`${name}\n${value}\n`]).join("");
}

/** The address that confirms a subscription; null when it does not lead to Amazon or is for another topic. */
export function subscribeUrl({ SubscribeURL, TopicArn }: SnsEnvelope): string | null {
  const url = amazonUrl(SubscribeURL ?? "");
  const isConfirmation = url !== null && url.pathname === "/" &&
    url.searchParams.get("Action") === "ConfirmSubscription" &&
    url.searchParams.get("TopicArn") === TopicArn;
  return isConfirmation ? url.href : null;
}

function certificateUrl(text: string): string | null {
  const url = amazonUrl(text);
  return url !== null && CERTIFICATE_PATH.test(url.pathname) && url.search === "" ? url.href : null;
}

function amazonUrl(text: string): URL | null {
  const url = URL.parse(text);
  const isAmazon = url !== null && url.protocol === "https:" && url.port === "" &&
    url.username === "" && SNS_HOST.test(url.hostname);
  return isAmazon ? url : null;
}

async function fetchCertificate(url: string, io: Io): Promise<string> {
  const response = await io.fetch(url);
  const text = await response.text();
  // An empty text is no certificate: the signature does not hold, and the answer is not asked for again and again.
  return response.ok && text.length <= MAX_CERTIFICATE_LENGTH ? text : "";
}
