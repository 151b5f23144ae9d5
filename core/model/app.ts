import * as z from "zod/mini";
import { Sealed } from "./channel.ts";

/** Credentials that channels share: a client registered with Google, an app at Meta. */
export const App = z.readonly(z.object({
  id: z.string(),
  /** Its kind, as an adapter names it. */
  adapter: z.string(),
  name: z.string(),
  /** As the kind's schema says, without its secret fields. */
  config: z.record(z.string(), z.unknown()),
  /** By dotted path in the config. */
  secrets: z.record(z.string(), Sealed),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type App = z.infer<typeof App>;
