import { z } from "zod";
import * as mini from "zod/mini";
import { FormFields, SiteHost } from "../../core/channel/mod.ts";

const WebAddress = z.url({ protocol: /^https?$/, error: "must begin with https:// or http://" })
  .max(2_000);
/** Host of a captcha's service. */
const ServiceUrl = WebAddress.optional().meta({
  title: "Address of the service",
  help: "Only for a proxy or a stand-in. Empty: the real one.",
  advanced: true,
});

function captcha<Kind extends "turnstile" | "hcaptcha">(kind: Kind, title: string) {
  return z.strictObject({
    kind: z.literal(kind),
    siteKey: z.string().trim().min(1, "is missing").max(200).meta({ title: "Site key" }),
    secret: z.string().trim().min(8, "needs 8 characters or more").max(512).meta({
      title: "Secret key",
      secret: true,
    }),
    verifyUrl: ServiceUrl,
  }).meta({ title });
}

const Captcha = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }).meta({ title: "None" }),
  captcha("turnstile", "Cloudflare Turnstile"),
  captcha("hcaptcha", "hCaptcha"),
]);

/** What a form asks for that nobody has set up yet. */
const FIRST_FIELDS: FormFields = [
  { name: "name", type: "text", label: "Your name", required: true, width: "half" },
  { name: "email", type: "email", label: "Email", required: true, width: "half" },
  { name: "message", type: "textarea", label: "How can we help?", required: true },
];

/** Settings of a form channel. */
export const FormConfig = z.strictObject({
  fields: mini._default(FormFields, FIRST_FIELDS).register(z.globalRegistry, {
    title: "Fields",
    ownPage: true,
  }),
  title: z.string().trim().max(120).default("").meta({
    title: "Title",
    help: "Above the form. Empty: the channel’s name.",
    ownPage: true,
  }),
  intro: z.string().trim().max(2_000).default("").meta({
    title: "Introduction",
    help: "What it is for, and when you answer.",
    ownPage: true,
  }),
  submitLabel: z.string().trim().max(60).default("").meta({
    title: "Button",
    help: "Empty: “Send” in the visitor’s language.",
    ownPage: true,
  }),
  thanks: z.string().trim().max(2_000).default("").meta({
    title: "Thank-you",
    help: "Shown with the number once it was sent. Empty: that you answer by mail.",
    widget: "textarea",
  }),
  accentColor: z.string().trim().regex(/^#[0-9a-fA-F]{6}$/, "must be a colour such as #2f54d6")
    .default("#2f54d6").meta({
      title: "Colour",
      help: "Text on it is black or white, whichever can be read.",
      ownPage: true,
    }),
  allowedDomains: z.array(SiteHost).max(100).default([]).meta({
    title: "Trusted sites",
    help:
      "Host names such as shop.example or *.shop.example, one per line. What is posted from elsewhere is kept as spam. None: any site.",
    widget: "lines",
  }),
  redirectUrl: WebAddress.optional().meta({
    title: "Page after sending",
    help: "Empty: a thank-you with the number.",
  }),
  replyChannelId: z.string().max(100).optional().meta({
    title: "Answers leave by",
    help: "None chosen: the inbox’s mailbox.",
    widget: "mail_channel",
  }),
  honeypot: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,40}$/, "must be a field’s name")
    .default("_gotcha").meta({
      title: "Name of the trap field",
      help: "People do not see it. What fills it in is a machine.",
      advanced: true,
    }),
  minFillSeconds: z.int().min(0).max(60).default(2).meta({
    title: "Seconds to fill it in",
    help: "What is sent sooner is kept as spam. 0: not asked.",
    advanced: true,
  }),
  proofOfWork: z.boolean().default(true).meta({
    title: "Let browsers work before they send",
    help: "Costs a visitor’s browser less than a second, and nobody else is told of them.",
    advanced: true,
  }),
  checkMx: z.boolean().default(true).meta({
    title: "Look up whether an address can get mail",
    advanced: true,
  }),
  captcha: Captcha.default({ kind: "none" }).meta({
    title: "Captcha",
    help: "Of a third party, which sees your visitors. Mostly the guards above are enough.",
    advanced: true,
  }),
  postsPerHour: z.int().min(1).max(1_000_000).default(20).meta({
    title: "Per hour and address",
    advanced: true,
  }),
  postsPerDay: z.int().min(1).max(1_000_000).default(240).meta({
    title: "Per day and address",
    advanced: true,
  }),
  postsInTenSeconds: z.int().min(1).max(1_000_000).default(50).meta({
    title: "In ten seconds, altogether",
    advanced: true,
  }),
  postsInADay: z.int().min(1).max(10_000_000).default(5_000).meta({
    title: "In a day, altogether",
    advanced: true,
  }),
});
export type FormConfig = z.infer<typeof FormConfig>;
