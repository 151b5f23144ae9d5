/** `/widget/:channelId`: the page inside the widget's frame, on the sites the channel allows. */
import { languageFor } from "@/islands/(_client)/widget/texts.ts";
import { frameAncestors, notFound } from "@/core/mod.ts";
import { configJson } from "../(_visitor)/shapes.ts";
import { define } from "../(_shared)/define.ts";
import { errorResponse } from "../(_shared)/http_error.ts";
import { widgetDocument } from "../(_shared)/widget_document.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { visitors } = ctx.state.core;
    const { channelId = "" } = ctx.params;
    const [domains, config] = await Promise.all([
      visitors.allowedDomains(channelId),
      visitors.config(channelId),
    ]);
    if (domains === null || !config.ok) return errorResponse(notFound("channel"));
    const asked = ctx.url.searchParams.get("locale");
    const locale = asked ?? ctx.req.headers.get("accept-language")?.split(/[,;]/)[0] ?? "";
    const language = languageFor(locale.slice(0, 35));
    const html = widgetDocument({ config: configJson(config.value), language });
    return new Response(html, {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": contentSecurityPolicy(domains),
        "cache-control": "private, no-store",
      },
    });
  },
});

function contentSecurityPolicy(domains: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors(domains)}`,
  ].join("; ");
}
