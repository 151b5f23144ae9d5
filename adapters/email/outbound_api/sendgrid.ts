import { z } from "zod";
import { oneLine } from "../compose_mail.ts";
import type { NamedAddress } from "../mail_addresses.ts";
import { encodedFile, threadHeaders } from "./api_fields.ts";
import type { ApiMail, ApiProvider, ApiSettings } from "./api_provider.ts";

const Refused = z.object({
  errors: z.array(z.object({ message: z.string(), field: z.string().nullish() })).min(1),
});
/** It takes no empty subject or text. */
const NO_SUBJECT = "(no subject)";

/** https://sendgrid.com: one JSON object for each mail. */
export const sendgrid: ApiProvider = {
  label: "SendGrid",
  hosts: ["api.sendgrid.com", "api.eu.sendgrid.com"],
  maxBytes: 30_000_000,
  maxRecipients: 1_000,
  isIdempotent: false,
  request(mail, settings) {
    const { headers, content } = mail;
    return Promise.resolve({
      method: "POST",
      url: `${baseOf(settings)}/v3/mail/send`,
      headers: { ...login(settings), "Content-Type": "application/json" },
      body: JSON.stringify({
        personalizations: [recipients(mail)],
        from: person(headers.from),
        ...headers.replyTo === null ? {} : { reply_to: person(headers.replyTo) },
        subject: oneLine(headers.subject) || NO_SUBJECT,
        content: [
          { type: "text/plain", value: content.text || " " },
          ...content.html === "" ? [] : [{ type: "text/html", value: content.html }],
        ],
        headers: threadHeaders(mail),
        ...content.attachments.length === 0 ? {} : {
          attachments: content.attachments.map(encodedFile).map((file) => ({
            content: file.base64,
            filename: file.name,
            type: file.type,
            ...file.contentId === null
              ? { disposition: "attachment" }
              : { disposition: "inline", content_id: file.contentId },
          })),
        },
        // Customers' links stay as they were written.
        tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
      }),
    });
  },
  probe: (settings) => ({
    method: "GET",
    url: `${baseOf(settings)}/v3/scopes`,
    headers: login(settings),
  }),
  idsIn({ status, headers }) {
    // Its answer has no body.
    if (status !== 202) return null;
    const id = headers.get("x-message-id");
    return id === null || id === "" ? [] : [id.slice(0, 200)];
  },
  refusalIn({ status, json, headers }) {
    const [first] = Refused.safeParse(json).data?.errors ?? [];
    const words = [first?.field, first?.message].filter(Boolean).join(": ");
    if (status === 403) {
      const message = "SendGrid does not let this address or key send: verify the sender there.";
      return { words, meaning: { code: "permission", message } };
    }
    const resetAt = Number(headers.get("x-ratelimit-reset") ?? NaN) * 1_000;
    const at = Date.parse(headers.get("date") ?? "");
    return status === 429 && headers.get("retry-after") === null && resetAt > at
      ? { words, meaning: { code: "rate_limited", retryAfterMs: resetAt - at } }
      : { words, meaning: null };
  },
};

/** An address may stand in one of the three lists only. */
function recipients({ headers, bcc }: ApiMail) {
  const seen = new Set<string>();
  const unseen = (list: readonly NamedAddress[]) =>
    list.filter(({ address }) => {
      const isNew = !seen.has(address.toLowerCase());
      seen.add(address.toLowerCase());
      return isNew;
    }).map(person);
  const [to, cc, hidden] = [unseen(headers.to), unseen(headers.cc), unseen(bcc)];
  return { to, ...cc.length === 0 ? {} : { cc }, ...hidden.length === 0 ? {} : { bcc: hidden } };
}

function person({ name, address }: NamedAddress) {
  const plain = oneLine(name);
  return plain === "" ? { email: address } : { email: address, name: plain };
}

function baseOf({ baseUrl, region }: ApiSettings): string {
  return baseUrl ?? (region === "eu" ? "https://api.eu.sendgrid.com" : "https://api.sendgrid.com");
}

function login({ key }: ApiSettings) {
  return { Authorization: `Bearer ${key}` };
}
