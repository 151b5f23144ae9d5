import * as z from "zod/mini";

/** Where a team works. Agents and viewers see an inbox only when they are its members. */
export const Inbox = z.readonly(z.object({
  id: z.string(),
  name: z.string(),
  memberIds: z.readonly(z.array(z.string())),
  teamIds: z.readonly(z.array(z.string())),
  spamPolicy: z.optional(z.readonly(z.object({
    allow: z.readonly(z.array(z.string())),
    deny: z.readonly(z.array(z.string())),
    keepDays: z.nullable(z.int()),
  }))),
  /** The mail address that came with it, and its channel. */
  fallback: z.optional(z.readonly(z.object({ channelId: z.string(), address: z.string() }))),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type Inbox = z.infer<typeof Inbox>;
