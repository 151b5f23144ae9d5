import { z } from "zod";
import { oneLine } from "../compose_mail.ts";
import type { NamedAddress } from "../mail_addresses.ts";
import { mailboxHeader } from "../mailbox_header.ts";
import { encodedFile, threadHeaders } from "./api_fields.ts";
import type { ApiProvider, ApiSettings, Meaning } from "./api_provider.ts";

const Sent = z.object({ id: z.string().min(1).max(200) });
const Refused = z.object({ name: z.string().catch(""), message: z.string().catch("") });

const UNVERIFIED = "Resend does not let this address send: verify its domain there.";
const MEANINGS: Readonly<Record<string, Meaning>> = {
  missing_api_key: { code: "unauthorized" },
  invalid_api_key: { code: "unauthorized" },
  restricted_api_key: { code: "unauthorized" },
  invalid_from_address: { code: "permission", message: UNVERIFIED },
  daily_quota_exceeded: { code: "rate_limited", retryAfterMs: 3_600_000 },
  monthly_quota_exceeded: { code: "permission", message: "Resend's monthly quota is used up." },
  rate_limit_exceeded: { code: "rate_limited" },
  // The first request with this key is still under way.
  concurrent_idempotent_requests: { code: "rate_limited", retryAfterMs: 10_000 },
  // Settings changed between two attempts: what the first one did, nobody knows.
  invalid_idempotent_request: { code: "ambiguous" },
};

/** https://resend.com: one JSON object for each mail; a repeated one is recognised. */
export const resend: ApiProvider = {
  label: "Resend",
  hosts: ["api.resend.com"],
  maxBytes: 40_000_000,
  maxRecipients: 50,
  isIdempotent: true,
  request(mail, settings) {
    const { headers, bcc, content } = mail;
    const list = (people: readonly NamedAddress[]) => people.map(mailboxHeader);
    return Promise.resolve({
      method: "POST",
      url: `${baseOf(settings)}/emails`,
      headers: {
        ...login(settings),
        "Content-Type": "application/json",
        "Idempotency-Key": mail.idempotencyKey,
      },
      body: JSON.stringify({
        from: mailboxHeader(headers.from),
        to: list(headers.to),
        ...headers.cc.length === 0 ? {} : { cc: list(headers.cc) },
        ...bcc.length === 0 ? {} : { bcc: list(bcc) },
        ...headers.replyTo === null ? {} : { reply_to: [mailboxHeader(headers.replyTo)] },
        subject: oneLine(headers.subject),
        text: content.text,
        html: content.html,
        headers: threadHeaders(mail),
        attachments: content.attachments.map(encodedFile).map((file) => ({
          filename: file.name,
          content: file.base64,
          content_type: file.type,
          ...file.contentId === null ? {} : { content_id: file.contentId },
        })),
      }),
    });
  },
  probe: (settings) => ({
    method: "GET",
    url: `${baseOf(settings)}/domains`,
    headers: login(settings),
  }),
  idsIn({ json }) {
    const { data } = Sent.safeParse(json);
    return data === undefined ? null : [data.id];
  },
  refusalIn({ status, json }) {
    const { name = "", message = "" } = Refused.safeParse(json).data ?? {};
    const words = [name, message].filter(Boolean).join(": ");
    const isUnverified = status === 403 && /not verified|own email address/i.test(message);
    return {
      words,
      meaning: isUnverified ? { code: "permission", message: UNVERIFIED } : MEANINGS[name] ?? null,
    };
  },
};

function baseOf({ baseUrl }: ApiSettings): string {
  return baseUrl ?? "https://api.resend.com";
}

function login({ key }: ApiSettings) {
  return { Authorization: `Bearer ${key}` };
}
