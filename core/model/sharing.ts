import * as z from "zod/mini";

/** Who sees something that a person made for their work: they alone, a team, everybody. */
export const Sharing = z.discriminatedUnion("kind", [
  z.readonly(z.object({ kind: z.literal("private") })),
  z.readonly(z.object({ kind: z.literal("team"), teamId: z.string() })),
  z.readonly(z.object({ kind: z.literal("everyone") })),
]);
export type Sharing = z.infer<typeof Sharing>;
