/** `/forms/:channelId/embed.js`: the script that puts a form into a site's page, or listens to the site's own. */
import { define } from "../../(_shared)/define.ts";
import { respondWithBundle } from "../../(_shared)/respond_with_bundle.ts";

export const handler = define.handlers({
  GET: (ctx) => respondWithBundle(ctx.req, "form_embed.js"),
});
