import * as z from "zod/mini";

/** What somebody of the team wrote down about a contact. */
export const ContactNote = z.readonly(z.object({
  id: z.string(),
  contactId: z.string(),
  text: z.string(),
  /** Null: an API token wrote it. */
  authorId: z.nullable(z.string()),
  authorName: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type ContactNote = z.infer<typeof ContactNote>;
