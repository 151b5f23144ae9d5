/** `/widget/frame.css`: the style sheet of the widget's frame. */
import { define } from "../(_shared)/define.ts";
import { respondWithBundle } from "../(_shared)/respond_with_bundle.ts";

export const handler = define.handlers({
  GET: (ctx) => respondWithBundle(ctx.req, "widget_frame.css"),
});
