/** `/forms/:channelId/token`: what a script on a site's page works on before it posts a form there. */
import { notFound } from "@/core/mod.ts";
import { define } from "../../(_shared)/define.ts";
import { errorResponse } from "../../(_shared)/http_error.ts";
import { withCors } from "../(_parts)/form_cors.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const page = await ctx.state.core.forms.page(ctx.params.channelId ?? "");
    const origin = ctx.req.headers.get("origin");
    if (page === null) return withCors(errorResponse(notFound("form")), origin, []);
    const { token, proofBits, minFillMs, allowedDomains } = page;
    const answer = Response.json({ token, proofBits, minFillMs }, {
      headers: { "cache-control": "no-store" },
    });
    return withCors(answer, origin, allowedDomains);
  },
});
