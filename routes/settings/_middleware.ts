import { define } from "../(_shared)/define.ts";

/** Settings are for signed-in people: others sign in first and come back. */
export default define.middleware(async (ctx) => {
  if (ctx.state.principal?.type === "user") return await ctx.next();
  const next = ctx.req.method === "GET" ? ctx.url.pathname + ctx.url.search : ctx.url.pathname;
  return ctx.redirect(`/sign-in?next=${encodeURIComponent(next)}`, 303);
});
