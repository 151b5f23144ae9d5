import { z } from "zod";
import { oneLine } from "../compose_mail.ts";
import { mailboxHeader } from "../mailbox_header.ts";
import { encodedFile, mailboxList, threadHeaders } from "./api_fields.ts";
import type { ApiProvider, ApiSettings, Meaning } from "./api_provider.ts";

const Sent = z.object({ ErrorCode: z.literal(0), MessageID: z.string().min(1).max(200) });
const Refused = z.object({ ErrorCode: z.number(), Message: z.string().catch("") });

const UNCONFIRMED = "Postmark does not let this address send: confirm its domain or sender there.";
const NOT_ALLOWED = "Postmark does not let this account send right now.";
const MEANINGS: Readonly<Record<number, Meaning>> = {
  10: { code: "unauthorized" },
  100: { code: "unavailable" },
  400: { code: "permission", message: UNCONFIRMED },
  401: { code: "permission", message: UNCONFIRMED },
  405: { code: "permission", message: NOT_ALLOWED },
  406: {
    code: "recipient_unreachable",
    message: "Postmark sends nothing to this address: mail to it came back, or it complained.",
  },
  412: { code: "permission", message: NOT_ALLOWED },
  413: { code: "permission", message: NOT_ALLOWED },
  429: { code: "rate_limited" },
};

/** https://postmarkapp.com: one JSON object for each mail. */
export const postmark: ApiProvider = {
  label: "Postmark",
  hosts: ["api.postmarkapp.com"],
  maxBytes: 10_000_000,
  maxRecipients: 50,
  isIdempotent: false,
  request(mail, settings) {
    const { headers, bcc, content } = mail;
    // It sets a Message-ID of its own unless it is asked to keep ours.
    const kept = { ...threadHeaders(mail), "X-PM-KeepID": "true" };
    return Promise.resolve({
      method: "POST",
      url: `${baseOf(settings)}/email`,
      headers: { ...login(settings), "Content-Type": "application/json" },
      body: JSON.stringify({
        From: mailboxHeader(headers.from),
        To: mailboxList(headers.to),
        ...headers.cc.length === 0 ? {} : { Cc: mailboxList(headers.cc) },
        ...bcc.length === 0 ? {} : { Bcc: mailboxList(bcc) },
        ...headers.replyTo === null ? {} : { ReplyTo: mailboxHeader(headers.replyTo) },
        Subject: oneLine(headers.subject),
        TextBody: content.text,
        HtmlBody: content.html,
        Headers: Object.entries(kept).map(([Name, Value]) => ({ Name, Value })),
        Attachments: content.attachments.map(encodedFile).map((file) => ({
          Name: file.name,
          Content: file.base64,
          ContentType: file.type,
          ...file.contentId === null ? {} : { ContentID: `cid:${file.contentId}` },
        })),
        TrackOpens: false,
        TrackLinks: "None",
      }),
    });
  },
  probe: (settings) => ({
    method: "GET",
    url: `${baseOf(settings)}/server`,
    headers: login(settings),
  }),
  idsIn({ json }) {
    const { data } = Sent.safeParse(json);
    return data === undefined ? null : [data.MessageID, `${data.MessageID}@mtasv.net`];
  },
  refusalIn({ json }) {
    const { data } = Refused.safeParse(json);
    if (data === undefined || data.ErrorCode === 0) return { words: "", meaning: null };
    return {
      words: `${data.ErrorCode} ${data.Message}`,
      meaning: MEANINGS[data.ErrorCode] ?? null,
    };
  },
  // "Message OK, but will not deliver to these inactive addresses: …"
  exceptionsIn: ({ json }) => {
    const words = Refused.safeParse(json).data?.Message ?? "";
    return /\binactive\b/i.test(words) ? words : "";
  },
};

function baseOf({ baseUrl }: ApiSettings): string {
  return baseUrl ?? "https://api.postmarkapp.com";
}

function login({ key }: ApiSettings) {
  return { "X-Postmark-Server-Token": key, Accept: "application/json" };
}
