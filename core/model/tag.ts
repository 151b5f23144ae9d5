import * as z from "zod/mini";

/** A word people put on conversations. Those keep its name; this is what else is known of it. */
export const Tag = z.readonly(z.object({
  id: z.string(),
  /** At most 50 characters; no two differ by case alone. */
  name: z.string(),
  /** Degrees, 0 to 350 in steps of 10. */
  hue: z.int(),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type Tag = z.infer<typeof Tag>;
