import { define } from "../(_shared)/define.ts";

/** The list an agent begins with. */
export const handler = define.handlers({
  GET: (ctx) => ctx.redirect("/inbox/all/open", 303),
});
