/** `/widget.js`: the loader that a site puts on its pages. */
import type { Context } from "fresh";
import { respondWithBundle } from "./(_shared)/respond_with_bundle.ts";

export const handler = {
  GET: (ctx: Context<unknown>) => respondWithBundle(ctx.req, "widget.js"),
};
