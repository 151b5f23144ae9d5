/** `/healthz`: the process answers. */
import { define } from "./(_shared)/define.ts";

export const handler = define.handlers({
  GET: () => Response.json({ ok: true }, { headers: { "cache-control": "no-store" } }),
});
