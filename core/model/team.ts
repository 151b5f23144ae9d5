import * as z from "zod/mini";

/** People who work together: inboxes can be theirs, conversations can be given to them, comments can name them. */
export const Team = z.readonly(z.object({
  id: z.string(),
  name: z.string(),
  memberIds: z.readonly(z.array(z.string())),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type Team = z.infer<typeof Team>;
