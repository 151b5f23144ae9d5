import * as z from "zod/mini";

export const Role = z.enum(["owner", "admin", "agent", "viewer"]);
export type Role = z.infer<typeof Role>;

/** A person of the team. The password hash lives elsewhere. */
export const User = z.readonly(z.object({
  id: z.string(),
  name: z.string(),
  /** Lower case. */
  email: z.string(),
  role: Role,
  /** A deactivated user cannot sign in and holds no session. */
  active: z.boolean(),
  availability: z.enum(["available", "away"]),
  meetingLink: z.nullable(z.string()),
  /** Template of what stands below their letters; absent: the mailbox's. */
  signature: z.optional(z.string()),
  avatarAttachmentId: z.nullable(z.string()),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type User = z.infer<typeof User>;
