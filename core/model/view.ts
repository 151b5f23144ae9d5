import * as z from "zod/mini";
import { ViewFilter } from "./view_filter.ts";

/** Who sees a view besides its owner. */
export const ViewSharing = z.readonly(z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("private") }),
  z.strictObject({
    kind: z.literal("team"),
    teamId: z.string().check(z.minLength(1), z.maxLength(100)),
  }),
  z.strictObject({ kind: z.literal("everyone") }),
]));
export type ViewSharing = z.infer<typeof ViewSharing>;

/** In which order a list stands. */
export const ViewSort = z.enum(["newest", "oldest", "waiting", "sla", "priority"]);
export type ViewSort = z.infer<typeof ViewSort>;

/** A saved filter, as a list of its own. */
export const View = z.readonly(z.object({
  id: z.string(),
  name: z.string(),
  filter: ViewFilter,
  sort: ViewSort,
  sharing: ViewSharing,
  /** Null: made by an API token. */
  ownerId: z.nullable(z.string()),
  /** Views stand by it, then by id. */
  position: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type View = z.infer<typeof View>;
