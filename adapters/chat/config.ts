import { z } from "zod";
import { SiteHost } from "../../core/channel/mod.ts";

/** Settings of a chat channel. */
export const ChatConfig = z.strictObject({
  title: z.string().trim().max(60).default("").meta({
    title: "Name shown to visitors",
    help: "Your company or team. Empty: the channel's name.",
  }),
  greeting: z.string().trim().max(200).default("").meta({
    title: "Greeting",
    help: "The first words in the widget. Empty: a greeting in the visitor's language.",
    widget: "textarea",
  }),
  replyTime: z.string().trim().max(80).default("").meta({
    title: "Expected reply time",
    help: "Such as: Usually answers in a few minutes.",
  }),
  accentColor: z.string().trim().regex(/^#[0-9a-fA-F]{6}$/, "must be a colour such as #2f54d6")
    .default("#2f54d6").meta({
      title: "Colour",
      help: "Text on it is black or white, whichever can be read.",
      widget: "color",
    }),
  position: z.enum(["end", "start"]).default("end").meta({
    title: "Corner",
    help: "End is right on pages written from left to right.",
  }),
  theme: z.enum(["auto", "light", "dark"]).default("auto").meta({
    title: "Light or dark",
    help: "Auto follows the visitor's device.",
  }),
  allowedDomains: z.array(SiteHost).max(100).default([]).meta({
    title: "Sites that may show it",
    help: "Host names such as shop.example or *.shop.example, one per line. None: any site.",
    widget: "lines",
  }),
  identityMode: z.enum(["optional", "required"]).default("optional").meta({
    title: "Signed-in visitors only",
    help: "Required: only visitors whom your site identifies with a signed token can write.",
  }),
  identitySecret: z.string().min(32, "needs 32 characters or more").max(512).optional().meta({
    title: "Identity secret",
    help: "Your server signs identity tokens with it (JWT, HS256). 32 characters or more.",
    secret: true,
  }),
  mailAnswers: z.boolean().default(true).meta({
    title: "Mail answers to visitors who left",
    help:
      "What they have not read goes to the address they left, by the inbox’s mailbox. Their answers come back into the chat.",
  }),
  mailAfterMinutes: z.int().min(0).max(1_440).default(10).meta({
    title: "Minutes until answers are mailed",
    help: "Counted from the first answer that nobody read. 0: as soon as the visitor has left.",
  }),
  poweredBy: z.boolean().default(true).meta({
    title: "Show “Chat by Parley”",
    advanced: true,
  }),
  sessionsPerHour: z.int().min(1).max(1_000_000).default(10).meta({
    title: "New visitors per hour and address",
    advanced: true,
  }),
  messagesPerMinute: z.int().min(1).max(1_000_000).default(60).meta({
    title: "Messages per minute and address",
    advanced: true,
  }),
  filesPerHour: z.int().min(1).max(1_000_000).default(20).meta({
    title: "Files per hour and address",
    advanced: true,
  }),
}).refine(
  (config) => config.identityMode !== "required" || config.identitySecret !== undefined,
  { path: ["identitySecret"], message: "is needed when visitors must be identified" },
);
export type ChatConfig = z.infer<typeof ChatConfig>;
