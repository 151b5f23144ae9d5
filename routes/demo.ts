/** `/demo`: a shop that shows the widget and whose customers practise, on the data of `deno task demo` only. */
import { notFound } from "@/core/mod.ts";
import { define } from "./(_shared)/define.ts";
import { errorResponse } from "./(_shared)/http_error.ts";
import { formText, readForm } from "./(_shared)/read_form.ts";
import { shopDocument } from "./(_shared)/shop_document.ts";

const MAX_TEXT = 500;
/** Whom a question from the page comes from: one customer, whose chat goes on. */
const CUSTOMER = { id: "of the shop page", name: "Chiara Gallo" };

export const handler = define.handlers({
  async GET(ctx) {
    const { demoChannelId, demoPracticeChannelId, demoFormChannelId } = await ctx.state.core.access
      .workspace();
    if (demoChannelId === null) return errorResponse(notFound("page"));
    const nonce = crypto.randomUUID();
    const practice = demoPracticeChannelId === null
      ? null
      : { customer: CUSTOMER.name, hasAsked: ctx.url.searchParams.has("asked") };
    const shop = {
      channelId: demoChannelId,
      formChannelId: demoFormChannelId,
      nonce,
      practice,
    };
    return new Response(shopDocument(shop), {
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

  /** A practice customer asks what was typed in. */
  async POST(ctx) {
    const { core } = ctx.state;
    const { demoPracticeChannelId } = await core.access.workspace();
    if (demoPracticeChannelId === null) return errorResponse(notFound("page"));
    const form = await readForm(ctx.req);
    if (!form.ok) return errorResponse(form.error);
    const text = formText(form.value, "text").trim().slice(0, MAX_TEXT);
    if (text !== "") {
      await core.inbound.ingest(demoPracticeChannelId, {
        type: "message",
        externalId: `shop page ${crypto.randomUUID()}`,
        occurredAt: core.ports.clock.now(),
        direction: "in",
        sender: {
          identities: [{ kind: "external", value: CUSTOMER.id, verified: true }],
          name: CUSTOMER.name,
        },
        hints: [{ by: "thread", threadKey: CUSTOMER.id, how: "the customer’s chat" }],
        parts: [{ kind: "text", text }],
      });
    }
    return new Response(null, { status: 303, headers: { location: "/demo?asked#practice" } });
  },
});
