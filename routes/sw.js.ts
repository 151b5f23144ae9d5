/** `/sw.js`: the service worker of the agents' pages. At the root, for it rules what lies below its address. */
import type { Context } from "fresh";
import { respondWithBundle } from "./(_shared)/respond_with_bundle.ts";

export const handler = {
  GET: (ctx: Context<unknown>) => respondWithBundle(ctx.req, "sw.js"),
};
