import * as z from "zod/mini";

/** What an agent decided about a sender's mail once and for all. */
export const ThreadRule = z.readonly(z.object({
  id: z.string(),
  channelId: z.string(),
  /**
   * `split`: a mail with a subject its conversation has not had begins one of its own. `join`: a mail that would begin a
   * conversation goes to the sender's latest one over this channel instead.
   */
  action: z.enum(["split", "join"]),
  /** A mail address, in lower case. */
  sender: z.string(),
  /** Only mail about this: without "Re:" and its like, in lower case; null: whatever it is about. */
  subject: z.nullable(z.string()),
  createdBy: z.string(),
  createdAt: z.number(),
}));
export type ThreadRule = z.infer<typeof ThreadRule>;
