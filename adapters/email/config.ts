import {
  BusinessHoursLine,
  LETTER_VARIABLES,
  TimeZoneName,
  unknownVariable,
} from "../../core/channel/mod.ts";
import { z } from "zod";
import { readAwsKeys } from "./outbound_api/mod.ts";
import { OwnAuthority } from "./own_authority.ts";
import { ImapInbound } from "./inbound_imap/imap_inbound.ts";

const Host = z.string().trim().toLowerCase().min(1).max(253).regex(
  /^[a-z0-9.:[\]_-]+$/,
  "must be a host name such as smtp.example.com",
);
const Port = z.int().min(1).max(65_535);
/** A name in a header: one line. */
const Name = z.string().trim().max(100).regex(/^\P{Cc}*$/u, "must be one line");

/** Words with variables, such as {{agent.name}}. */
function template(max: number) {
  return z.string().max(max).refine((text) => unknownVariable(text) === null, {
    error: ({ input }) =>
      `has the unknown variable {{${unknownVariable(String(input))}}}; known are ${
        LETTER_VARIABLES.join(", ")
      }`,
  });
}

/** Mail is posted to the channel's webhook address by whoever receives it. */
const PushInbound = z.strictObject({
  kind: z.literal("push"),
  provider: z.enum(["raw", "mailgun", "sendgrid", "postmark", "ses", "cloudflare"]).default("raw")
    .meta({
      title: "Sent by",
      help: "Your own mail server posts each mail as it is (message/rfc822).",
      labels: {
        raw: "My own mail server",
        mailgun: "Mailgun",
        sendgrid: "SendGrid",
        postmark: "Postmark",
        ses: "Amazon SES",
        cloudflare: "Cloudflare Email Routing",
      },
    }),
  secret: z.string().min(8, "needs 8 characters or more").max(512).regex(
    /^[\x21-\x7e]+$/,
    "must be letters, digits and signs without spaces",
  ).meta({
    title: "Secret",
    help:
      "8 characters or more. Own server: sent as “Authorization: Bearer …”. Mailgun: its HTTP webhook signing key. " +
      "SendGrid, Postmark, Amazon: the password in the address. Cloudflare: the worker's PARLEY_SECRET.",
    secret: true,
  }),
  topicArns: z.array(
    z.string().regex(/^arn:aws[a-z-]*:sns:\S{3,250}$/, "must begin with arn:aws:sns:"),
  )
    .max(20).default([]).meta({
      title: "Amazon SNS topics",
      help:
        "Amazon only: the topics that may deliver here, one per line. Empty: any that knows the secret.",
      advanced: true,
    }),
  verificationKey: z.string().trim().max(1_000).regex(
    /^[A-Za-z0-9+/=\s-]{40,}$/,
    "must be the key as SendGrid shows it",
  ).optional().meta({
    title: "Verification key",
    help: "SendGrid only: the public key of its signature. With it, each delivery must be signed.",
    advanced: true,
  }),
}).meta({ title: "Posted to Parley" });

/** Mail comes to Parley's own SMTP receiver: by the domain's MX record, or forwarded. */
const ReceiverInbound = z.strictObject({ kind: z.literal("receiver") })
  .meta({ title: "Received by Parley itself, or forwarded to it", needs: "receiver" });

const SmtpOutbound = z.strictObject({
  kind: z.literal("smtp"),
  host: Host.meta({ title: "Server", help: "Such as smtp.example.com." }),
  port: Port.meta({ title: "Port", help: "587 with STARTTLS, 465 with TLS." }),
  security: z.enum(["tls", "starttls", "none"]).default("starttls").meta({
    title: "Encryption",
    labels: { tls: "TLS", starttls: "STARTTLS", none: "None" },
    help: "None sends mail and password in the clear: only for a server on this machine.",
  }),
  user: z.string().trim().min(1).max(320).optional().meta({ title: "User" }),
  signIn: z.enum(["password", "oauth"]).optional().meta({
    title: "Sign in",
    labels: { password: "With a password", oauth: "With Google or Microsoft" },
  }),
  password: z.string().min(1).max(1_024).optional().meta({ title: "Password", secret: true }),
  ca: OwnAuthority,
}).superRefine(({ signIn, user }, context) => {
  if (signIn !== "oauth" || user !== undefined) return;
  context.addIssue({ code: "custom", path: ["user"], message: "is needed to sign in" });
}).meta({ title: "SMTP server", needs: "sockets" });

/** Mail leaves by a provider's HTTP API, where the ports of SMTP are closed. */
const ApiOutbound = z.strictObject({
  kind: z.literal("api"),
  provider: z.enum(["postmark", "mailgun", "sendgrid", "ses", "resend"]).meta({
    title: "Service",
    labels: {
      postmark: "Postmark",
      mailgun: "Mailgun",
      sendgrid: "SendGrid",
      ses: "Amazon SES",
      resend: "Resend",
    },
  }),
  key: z.string().trim().min(1).max(2_000).regex(/^[\x21-\x7e]+$/, "must have no spaces").meta({
    title: "API key",
    help: "Postmark: the server token. Amazon: access key id, a colon, secret access key.",
    secret: true,
  }),
  domain: Host.optional().meta({
    title: "Sending domain",
    help: "Mailgun only. Empty: the domain of the address.",
    advanced: true,
  }),
  region: z.string().trim().toLowerCase().regex(/^[a-z0-9-]{2,30}$/, "must be such as eu-west-1")
    .optional().meta({
      title: "Region",
      help: "Amazon: such as eu-west-1. Mailgun and SendGrid: eu, or empty.",
      advanced: true,
    }),
  baseUrl: z.url({ protocol: /^https?$/ }).max(500).transform((url) => url.replace(/\/+$/, ""))
    .optional().meta({
      title: "Address of the service",
      help: "Empty: the service's own.",
      advanced: true,
    }),
}).superRefine(({ provider, key }, context) => {
  if (provider !== "ses" || readAwsKeys(key) !== null) return;
  const message = "must be access key id, a colon, secret access key";
  context.addIssue({ code: "custom", path: ["key"], message });
}).meta({ title: "Mail service (HTTP)" });

const SystemOutbound = z.strictObject({ kind: z.literal("system") })
  .meta({ title: "Parley's own mail server", needs: "system_mail" });

/** Settings of a mailbox. IMAP, providers' webhooks and mail APIs become further branches of the two unions. */
export const EmailConfig = z.strictObject({
  address: z.email().max(254).trim().toLowerCase().meta({
    title: "Address",
    help: "Customers write to it and see it as the sender.",
  }),
  fromName: Name.optional().meta({
    title: "Sender name",
    help: "Your company as customers know it, such as Veloce.",
  }),
  fromStyle: z.enum(["agent_and_company", "company", "custom"]).default("agent_and_company").meta({
    title: "Letters come from",
    labels: {
      agent_and_company: "The agent and the company: Nora Visser (Veloce)",
      company: "The company: Veloce",
      custom: "Own words",
    },
    advanced: true,
  }),
  fromTemplate: template(200).regex(/^\P{Cc}*$/u, "must be one line").optional().meta({
    title: "Own words for the sender",
    help: "Such as {{agent.firstName}} from {{company}}. Only for “Own words”.",
    advanced: true,
  }),
  fromAddress: z.email().max(254).trim().toLowerCase().optional().meta({
    title: "Sender address",
    help: "Empty: the mailbox's own. Your mail server must allow any other.",
    advanced: true,
  }),
  replyTo: z.email().max(254).trim().toLowerCase().optional().meta({
    title: "Answers go to",
    help: "Empty: back here, by reply code. Mail to any other address must be forwarded to Parley.",
    advanced: true,
  }),
  includeHistory: z.boolean().default(false).meta({
    title: "Quote earlier mails",
    help: "Below every reply, as mail programs do. Agents can decide otherwise for one mail.",
    advanced: true,
  }),
  signature: template(2_000).optional().meta({
    title: "Signature",
    help: "Below every reply. {{agent.name}}, {{agent.meetingLink}}, {{company}} and " +
      "{{contact.firstName|there}} are filled in; agents may have one of their own instead.",
    widget: "textarea",
  }),
  inbound: z.discriminatedUnion("kind", [PushInbound, ImapInbound, ReceiverInbound]).meta({
    title: "Incoming mail",
  }),
  outbound: z.discriminatedUnion("kind", [SmtpOutbound, ApiOutbound, SystemOutbound]).meta({
    title: "Outgoing mail",
  }),
  autoReply: z.string().trim().max(4_000).optional().meta({
    title: "Automatic reply",
    help: "Sent to whoever begins a conversation, at most once a day. Empty: none.",
    widget: "textarea",
  }),
  tooLargeReply: z.string().trim().max(4_000).optional().meta({
    title: "Answer to mail that is too large",
    help:
      "Sent to whose mail was fetched without its content, over 25 MB, at most once a day. Empty: none.",
    widget: "textarea",
    advanced: true,
  }),
  businessHours: z.array(BusinessHoursLine).max(30).optional().meta({
    title: "Business hours",
    help: "One per line: mon-fri 09:00-17:30. Empty: always open.",
    advanced: true,
  }),
  timeZone: TimeZoneName.optional().meta({
    title: "Time zone of the business hours",
    help: "Such as Europe/Amsterdam. Empty: UTC.",
    advanced: true,
  }),
  closedReply: z.string().trim().max(4_000).optional().meta({
    title: "Automatic reply out of business hours",
    help: "In place of the other one. Empty: the same at any time.",
    widget: "textarea",
    advanced: true,
  }),
  authservId: Host.optional().meta({
    title: "Checked by",
    help:
      "Name of the mail server whose “Authentication-Results” are believed, such as mx.google.com. " +
      "Empty: nobody vouches for senders.",
    advanced: true,
  }),
  matchReferences: z.boolean().default(true).meta({
    title: "Answers are known by the mails they refer to",
    help:
      "In-Reply-To and References, as all mail programs write them. Our own signed ids always count.",
    advanced: true,
  }),
  matchBody: z.boolean().default(true).meta({
    title: "Answers are known by the text they quote",
    help: "Replies carry a signed code in their HTML, for mail programs that drop all else. " +
      "It lets in only who had a part in the conversation.",
    advanced: true,
  }),
  matchAttachments: z.boolean().default(false).meta({
    title: "Answers are known by mails attached to them",
    help: "For programs that attach what they answer. Only who had a part in the conversation.",
    advanced: true,
  }),
  matchNumber: z.boolean().default(false).meta({
    title: "Answers are known by the number in their subject",
    help: "Replies get [#123] at the end of their subject. Only the customer of that conversation.",
    advanced: true,
  }),
  matchSubject: z.boolean().default(false).meta({
    title: "Mail about the same joins the last conversation",
    help:
      "When nothing else leads anywhere: the sender's latest conversation with the same subject.",
    advanced: true,
  }),
  matchSubjectDays: z.int().min(1).max(365).default(30).meta({
    title: "…if it is not older than so many days",
    advanced: true,
  }),
  reopenDays: z.int().min(1).max(3_650).optional().meta({
    title: "Days after which a closed conversation stays closed",
    help:
      "A later answer begins a new one that leads back to it. Empty: it is always opened again.",
    advanced: true,
  }),
  replyCodes: z.boolean().default(true).meta({
    title: "Reply codes in the address",
    help: "Replies go to name+code@…, which finds their conversation even when the mail program " +
      "drops its headers. Turn off when your mail server refuses such addresses.",
    advanced: true,
  }),
}).superRefine(({ closedReply, businessHours = [] }, context) => {
  if (!closedReply || businessHours.length > 0) return;
  context.addIssue({
    code: "custom",
    path: ["businessHours"],
    message: "are needed for this reply",
  });
});
export type EmailConfig = z.infer<typeof EmailConfig>;
export type OutboundConfig = EmailConfig["outbound"];

/** The way in or out that signs in at Google or Microsoft. */
export function signsIn<Way extends { readonly kind: string }>(
  way: Way,
): way is Extract<Way, { readonly host: string }> {
  return "signIn" in way && way.signIn === "oauth";
}
