/** What people type into the access forms, checked. */
import { z } from "zod";
import { NotificationEvent, Role } from "../model/user.ts";
import { unknownVariable } from "../channel/mod.ts";
import { EmailInput } from "./email_address.ts";

const MIN_PASSWORD = 10;
/** Far beyond any passphrase; hashing takes longer with length. */
const MAX_PASSWORD = 256;

export const PasswordInput = z.string()
  .min(MIN_PASSWORD, `needs ${MIN_PASSWORD} characters or more`)
  .max(MAX_PASSWORD, `takes ${MAX_PASSWORD} characters at most`);

/** A name of a person, an inbox, a token: one line of text. */
export function nameInput(maxLength = 100) {
  return z.string().transform((name) => name.replace(/\s+/g, " ").trim()).pipe(
    z.string().min(1, "is needed").max(maxLength, `takes ${maxLength} characters at most`)
      // deno-lint-ignore no-control-regex -- control characters are what is refused
      .regex(/^[^\u0000-\u001f\u007f]*$/, "takes no control characters"),
  );
}

/** Who signs in. */
export const SignInInput = z.object({
  email: z.string().min(1, "is needed").max(254, "is too long"),
  password: z.string().min(1, "is needed").max(MAX_PASSWORD, "is too long"),
  userAgent: z.string(),
  remoteAddress: z.string(),
});
export type SignInInput = z.input<typeof SignInInput>;

/** The first owner, and what the workspace begins with. */
export const SetUpInput = z.object({
  workspaceName: nameInput().optional(),
  name: nameInput(),
  email: EmailInput,
  password: PasswordInput,
  inboxName: nameInput().optional(),
});
export type SetUpInput = z.input<typeof SetUpInput>;

/** Whom to invite, as what, and into which inboxes. */
export const InvitationInput = z.object({
  email: EmailInput,
  role: Role,
  inboxIds: z.array(z.string()).max(500).readonly().transform((ids) => [...new Set(ids)]),
});
export type InvitationInput = z.input<typeof InvitationInput>;

/** What somebody invited adds about themselves. */
export const AcceptInput = z.object({ name: nameInput(), password: PasswordInput });
export type AcceptInput = z.input<typeof AcceptInput>;

/** A user made without an invitation. */
export const UserInput = z.object({
  name: nameInput(),
  email: EmailInput,
  role: Role,
  password: PasswordInput,
});
export type UserInput = z.input<typeof UserInput>;

/** What may be changed about a user; absent fields stay. */
export const UserPatch = z.object({
  name: nameInput().optional(),
  role: z.optional(Role),
  active: z.boolean().optional(),
});
export type UserPatch = z.input<typeof UserPatch>;

/** What users change about themselves; absent fields stay. */
export const ProfilePatch = z.object({
  name: nameInput().optional(),
  /** Null or empty takes it away. */
  meetingLink: z.union([
    z.null(),
    z.literal("").transform(() => null),
    z.url({ protocol: /^https?$/, error: "needs an address that starts with https://" }).max(
      500,
      "is too long",
    ),
  ]).optional(),
  availability: z.enum(["available", "away"]).optional(),
  /** Template of what stands below their letters; null or empty: the mailbox's. */
  signature: z.union([
    z.null(),
    z.string().max(2_000, "takes 2,000 characters at most").transform((text) =>
      text.replaceAll("\r\n", "\n").trim() || null
    ).refine((text) => text === null || unknownVariable(text) === null, {
      error: ({ input }) => `has the unknown variable {{${unknownVariable(String(input))}}}`,
    }),
  ]).optional(),
  /** An image this user has uploaded; null takes the picture away. */
  avatarAttachmentId: z.string().nullable().optional(),
  notifications: z.object({
    mail: z.array(NotificationEvent).readonly().transform((events) => [...new Set(events)]),
  }).optional(),
});
export type ProfilePatch = z.input<typeof ProfilePatch>;

/** The password now and the one to come. */
export const PasswordChange = z.object({
  current: z.string().min(1, "is needed").max(MAX_PASSWORD, "is too long"),
  next: PasswordInput,
});
export type PasswordChange = z.input<typeof PasswordChange>;

/** A new API token: its name and whose rights it has. */
export const ApiTokenInput = z.object({ name: nameInput(), role: Role });
export type ApiTokenInput = z.input<typeof ApiTokenInput>;
