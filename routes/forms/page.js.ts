/** `/forms/page.js`: what a form's page does with script, which it needs for nothing. */
import { define } from "../(_shared)/define.ts";
import { respondWithBundle } from "../(_shared)/respond_with_bundle.ts";

export const handler = define.handlers({
  GET: (ctx) => respondWithBundle(ctx.req, "form_page.js"),
});
