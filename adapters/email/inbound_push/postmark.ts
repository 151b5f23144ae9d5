import { Buffer } from "node:buffer";
import { z } from "zod";
import type { InboundEvent, Verdict } from "../../../core/channel/mod.ts";
import { mailboxHeader } from "../mailbox_header.ts";
import { buildMime } from "./build_mime.ts";
import { parseJson } from "./form_fields.ts";
import { MAX_WRAPPED_BYTES, type Pushed, type PushProvider } from "./push_provider.ts";
import { providerVerdict } from "./provider_verdict.ts";
import { epochMs, ProviderId } from "./provider_values.ts";
import { verifyBasic } from "./verify_secret.ts";

const Text = z.string().catch("");
const Person = z.object({ Email: z.string(), Name: Text });
const People = z.array(Person).catch([]);
const Header = z.object({ Name: z.string(), Value: Text });

/** A mail. Postmark checks nothing it is told in it, so everything may be missing. */
const Mail = z.object({
  FromFull: Person.optional().catch(undefined),
  From: Text,
  ToFull: People,
  CcFull: People,
  BccFull: People,
  ReplyTo: Text,
  OriginalRecipient: Text,
  Subject: Text,
  Date: Text,
  MessageID: ProviderId,
  TextBody: Text,
  HtmlBody: Text,
  RawEmail: Text,
  Headers: z.array(Header).catch([]),
  Attachments: z.array(z.object({
    Name: Text,
    /** Test deliveries name it Data. */
    Content: z.string().optional(),
    Data: z.string().optional(),
    ContentType: Text,
    ContentID: Text,
  })).catch([]),
});
type Mail = z.infer<typeof Mail>;

/** What became of a mail that was sent. */
const Receipt = z.object({
  RecordType: z.string(),
  MessageID: ProviderId.optional().catch(undefined),
  Type: Text,
  Recipient: Text,
  Email: z.string().max(320).catch(""),
  Description: Text,
  DeliveredAt: Text,
  BouncedAt: Text,
});

/** Bounces that say the address itself is wrong. */
const WRONG_ADDRESS = new Set(["HardBounce", "BadEmailAddress"]);
/** Bounces after which nobody tries again. */
const LASTING = new Set(["HardBounce", "BadEmailAddress", "ManuallyDeactivated", "Blocked"]);

/** Postmark's inbound webhook (JSON) and its delivery and bounce webhooks. Proof: the password in the address. */
export const postmark: PushProvider = {
  contentTypes: ["application/json"],
  maxBytes: MAX_WRAPPED_BYTES,
  verify: (request, { secret }) => Promise.resolve(verifyBasic(request, secret)),
  open: ({ body, receivedAt }) =>
    Promise.resolve(openJson(parseJson(new TextDecoder().decode(body)), receivedAt)),
  guide: (url) => ({
    detail:
      `In Postmark, set the inbound webhook to ${
        withLogin(url)
      } with the secret as its password, ` +
      "and turn on “Include raw email content”",
  }),
};

/** An address that carries a login: the secret itself is not shown. */
export function withLogin(url: string): string {
  return url.replace(/^(https?:\/\/)/, "$1parley:SECRET@");
}

function openJson(json: unknown, receivedAt: number): Pushed {
  const receipt = Receipt.safeParse(json);
  if (receipt.success && receipt.data.RecordType !== "Inbound") {
    return openReceipt(receipt.data, receivedAt);
  }
  const mail = Mail.safeParse(json);
  if (!mail.success) return { kind: "unparsable", reason: "This is no mail of Postmark's" };
  return {
    kind: "mail",
    ...mail.data.RawEmail === ""
      ? { bytes: rebuilt(mail.data), rebuiltFrom: "Postmark" }
      : { bytes: new TextEncoder().encode(mail.data.RawEmail) },
    envelopeFrom: header(mail.data, "return-path")?.replace(/[<>]/g, ""),
    envelopeTo: mail.data.OriginalRecipient || undefined,
    verdict: verdictOf(mail.data),
    notes: scoreNote(mail.data),
  };
}

function rebuilt(mail: Mail): Uint8Array<ArrayBuffer> {
  const { FromFull, ToFull, CcFull, BccFull, TextBody, HtmlBody } = mail;
  const people = (list: Mail["ToFull"]) =>
    list.map(({ Name, Email }) => mailboxHeader({ name: Name, address: Email })).join(", ");
  const apart = [
    { name: "From", value: FromFull === undefined ? mail.From : people([FromFull]) },
    { name: "To", value: people(ToFull) },
    { name: "Cc", value: people(CcFull) },
    { name: "Bcc", value: people(BccFull) },
    { name: "Reply-To", value: mail.ReplyTo },
    { name: "Subject", value: mail.Subject },
    { name: "Date", value: mail.Date },
    // The mail's own is among the headers; without it, Postmark's id is the one that stays the same.
    { name: "Message-ID", value: `<${mail.MessageID}@inbound.postmarkapp.com>` },
  ];
  const headers = mail.Headers.map(({ Name, Value }) => ({ name: Name, value: Value }));
  const names = new Set(headers.map(({ name }) => name.toLowerCase()));
  const missing = apart.filter(({ name, value }) => value !== "" && !names.has(name.toLowerCase()));
  const encoder = new TextEncoder();
  return buildMime({
    headers: [...headers, ...missing],
    ...TextBody === "" ? {} : { text: { bytes: encoder.encode(TextBody) } },
    ...HtmlBody === "" ? {} : { html: { bytes: encoder.encode(HtmlBody) } },
    files: mail.Attachments.map(({ Name, Content, Data, ContentType, ContentID }) => ({
      name: Name,
      type: ContentType,
      ...ContentID === "" ? {} : { contentId: ContentID.replace(/^cid:/i, "") },
      // Anything that is no base64 is read as far as it goes, as a mail's would be.
      content: Buffer.from(Content ?? Data ?? "", "base64").toString("base64"),
    })),
  });
}

function header({ Headers }: Mail, name: string): string | undefined {
  return Headers.find(({ Name }) => Name.toLowerCase() === name)?.Value;
}

function verdictOf(mail: Mail): Verdict | undefined {
  return providerVerdict({
    by: "Postmark",
    spf: valuesOf(mail, "received-spf"),
    spamFlag: valuesOf(mail, "x-spam-status"),
    spamScore: valuesOf(mail, "x-spam-score"),
  });
}

function valuesOf({ Headers }: Mail, name: string): readonly string[] {
  return Headers.filter(({ Name }) => Name.toLowerCase() === name).map(({ Value }) => Value);
}

function scoreNote(mail: Mail): { step: string; detail: string }[] {
  const score = Number.parseFloat(header(mail, "x-spam-score") ?? "");
  if (!Number.isFinite(score)) return [];
  const tests = (header(mail, "x-spam-tests") ?? "").replace(/[^A-Z0-9_,]/g, "").slice(0, 300)
    .replaceAll(",", ", ");
  const detail = `Spam score: ${score}${tests === "" ? "" : ` (${tests})`}`;
  return [{ step: "provider_verdict", detail }];
}

function openReceipt(receipt: z.infer<typeof Receipt>, receivedAt: number): Pushed {
  const { RecordType, MessageID, Type } = receipt;
  if (MessageID === undefined) {
    return { kind: "ignored", reason: `a "${RecordType.slice(0, 40)}" notice` };
  }
  const base = (kind: string, at: string) => ({
    type: "status" as const,
    externalId: `postmark ${kind} ${MessageID} ${receipt.Recipient || receipt.Email}`
      .replace(/\p{Cc}/gu, "").slice(0, 300),
    occurredAt: epochMs(at) ?? receivedAt,
    target: { by: "external" as const, messageExternalId: MessageID },
  });
  const events: InboundEvent[] = [];
  if (RecordType === "Delivery") {
    events.push({ ...base("delivered", receipt.DeliveredAt), status: "delivered" });
  } else if (RecordType === "Bounce" && LASTING.has(Type)) {
    const message = "The mail came back: this address takes no mail.";
    const provider = `${Type}: ${receipt.Description}`.slice(0, 200);
    events.push({
      ...base("bounced", receipt.BouncedAt),
      status: "failed",
      error: { code: "recipient_unreachable", message, provider },
      ...WRONG_ADDRESS.has(Type) && receipt.Email !== "" ? { badAddresses: [receipt.Email] } : {},
    });
  }
  return events.length > 0
    ? { kind: "events", events }
    : { kind: "ignored", reason: `a "${RecordType.slice(0, 40)}" notice` };
}
