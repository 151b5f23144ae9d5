/** `/demo`: a shop that shows the widget, on the data of `deno task demo` only. */
import { notFound } from "@/core/mod.ts";
import { define } from "./(_shared)/define.ts";
import { errorResponse } from "./(_shared)/http_error.ts";
import { shopDocument } from "./(_shared)/shop_document.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { demoChannelId } = await ctx.state.core.access.workspace();
    if (demoChannelId === null) return errorResponse(notFound("page"));
    const nonce = crypto.randomUUID();
    return new Response(shopDocument({ channelId: demoChannelId, nonce }), {
      headers: {
        "content-type": "text/html; charset=utf-8",
        // Stricter than many a real shop's: the widget must do with it.
        "content-security-policy": [
          "default-src 'none'",
          "script-src 'self'",
          `style-src 'nonce-${nonce}'`,
          "img-src 'self' data:",
          "connect-src 'self'",
          "frame-src 'self'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'",
        ].join("; "),
      },
    });
  },
});
