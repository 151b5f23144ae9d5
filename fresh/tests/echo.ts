/** Handlers that show what they were called with. */
import type { Context, Middleware } from "fresh";

export interface Marks {
  marks?: string;
}

/** Answers `name {params} route`. */
export function echo(name: string): Middleware<Marks> {
  return ({ params, route }) => new Response(`${name} ${JSON.stringify(params)} ${route}`);
}

/** A middleware that adds `letter` to the header `x-m` of every answer it surrounds. */
export function mark(letter: string): Middleware<Marks> {
  return async (ctx: Context<Marks>) => {
    ctx.state.marks = (ctx.state.marks ?? "") + letter;
    const res = await ctx.next();
    res.headers.set("x-m", ctx.state.marks);
    return res;
  };
}
