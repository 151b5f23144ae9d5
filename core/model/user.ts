import * as z from "zod/mini";

export const Role = z.enum(["owner", "admin", "agent", "viewer"]);
export type Role = z.infer<typeof Role>;

/**
 * What somebody of the team can be told of outside of the app: a customer wrote in a conversation that is assigned to
 * them, that they follow, that nobody has, or that a colleague has, the latter two in inboxes they work in; a colleague
 * named them, or a team of theirs, in a comment.
 */
export const NotificationEvent = z.enum([
  "assigned",
  "followed",
  "unassigned",
  "others",
  "mention",
]);
export type NotificationEvent = z.infer<typeof NotificationEvent>;

/** By place, the events somebody is told of there. */
export const Notifications = z.readonly(z.object({
  mail: z.readonly(z.array(NotificationEvent)),
}));
export type Notifications = z.infer<typeof Notifications>;

/** Of whoever chose nothing. */
export const DEFAULT_NOTIFICATIONS: Notifications = { mail: ["assigned", "mention"] };

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
  /** Absent: {@link DEFAULT_NOTIFICATIONS}. */
  notifications: z.optional(Notifications),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type User = z.infer<typeof User>;
