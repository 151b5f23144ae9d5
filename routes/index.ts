import { define } from "./(_shared)/define.ts";

/** The front door: agents land in their inbox, everybody else signs in first. */
export const handler = define.handlers({
  GET: (ctx) => ctx.redirect("/inbox/all/open", 303),
});
