import * as z from "zod/mini";
import { Sharing } from "./sharing.ts";

/** Words that are written often, with fields such as `{{contact.firstName|there}}`. */
export const Snippet = z.readonly(z.object({
  id: z.string(),
  name: z.string(),
  /** What is typed behind the slash; lower case, one for each in what somebody sees. */
  shortcut: z.string(),
  /** Empty: in none. */
  folder: z.string(),
  text: z.string(),
  /** Sanitised; `text` says the same in plain words. */
  html: z.optional(z.string()),
  sharing: Sharing,
  /** Null: an API token made it. */
  ownerId: z.nullable(z.string()),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type Snippet = z.infer<typeof Snippet>;
