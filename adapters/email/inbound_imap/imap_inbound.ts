import { z } from "zod";
import { OwnAuthority } from "../own_authority.ts";

const DAYS = 365;
const Folder = z.string().trim().min(1).max(255).regex(/^\P{Cc}*$/u, "must be one line");

/** A mailbox on an IMAP server, from which Parley fetches mail as it comes. */
export const ImapInbound = z.strictObject({
  kind: z.literal("imap"),
  host: z.string().trim().toLowerCase().min(1).max(253).regex(
    /^[a-z0-9.:[\]_-]+$/,
    "must be a host name such as imap.example.com",
  ).meta({ title: "Server", help: "Such as imap.example.com." }),
  port: z.int().min(1).max(65_535).default(993).meta({
    title: "Port",
    help: "993 with TLS, 143 with STARTTLS.",
  }),
  security: z.enum(["tls", "starttls", "none"]).default("tls").meta({
    title: "Encryption",
    labels: { tls: "TLS", starttls: "STARTTLS", none: "None" },
    help: "None sends the password in the clear: only for a server on this machine or its network.",
  }),
  user: z.string().trim().min(1).max(320).meta({
    title: "User",
    help: "Mostly the whole address.",
  }),
  signIn: z.enum(["password", "oauth"]).optional().meta({
    title: "Sign in",
    labels: { password: "With a password", oauth: "With Google or Microsoft" },
  }),
  password: z.string().min(1).max(1_024).optional().meta({
    title: "Password",
    help: "With two-step sign-in, an app password. None with Google or Microsoft.",
    secret: true,
  }),
  folder: Folder.default("INBOX").meta({ title: "Folder", advanced: true }),
  days: z.int().min(0).max(DAYS).default(0).meta({
    title: "Days to look back",
    help: "Mail that came before the channel was connected, as if it came now. 0: only new mail.",
    advanced: true,
  }),
  afterwards: z.enum(["leave", "seen", "move", "delete"]).default("leave").meta({
    title: "Fetched mail",
    labels: {
      leave: "Leave it as it is",
      seen: "Mark it as read",
      move: "Move it to another folder",
      delete: "Delete it in the mailbox",
    },
    help: "Once it is stored here. What could not be fetched whole always stays.",
    advanced: true,
  }),
  moveTo: Folder.optional().meta({
    title: "Folder for fetched mail",
    help: "Only to move it. Made when it is not there.",
    advanced: true,
  }),
  ca: OwnAuthority,
  saveToSent: z.enum(["auto", "on", "off"]).default("auto").meta({
    title: "Copies of replies in the mailbox's Sent folder",
    help: "Auto: where the server for outgoing mail does not put them there itself.",
    advanced: true,
  }),
}).superRefine(({ afterwards, folder, moveTo }, context) => {
  if (afterwards !== "move" || (moveTo !== undefined && moveTo !== folder)) return;
  const message = moveTo === undefined ? "is needed to move mail" : "must be another folder";
  context.addIssue({ code: "custom", path: ["moveTo"], message });
}).superRefine(({ signIn, password }, context) => {
  if (signIn === "oauth" || password !== undefined) return;
  context.addIssue({ code: "custom", path: ["password"], message: "is needed" });
}).meta({ title: "IMAP mailbox" });
export type ImapInbound = z.infer<typeof ImapInbound>;
