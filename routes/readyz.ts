/** `/readyz`: the process can do its work; 503 with what is missing when it cannot. */
import { define } from "./(_shared)/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const readiness = await ctx.state.core.readiness();
    const ok = readiness.store && readiness.live && readiness.jobs;
    return Response.json({ ok, ...readiness }, {
      status: ok ? 200 : 503,
      headers: { "cache-control": "no-store" },
    });
  },
});
