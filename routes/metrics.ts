/** `/metrics`: numbers for Prometheus, for tokens of owners and admins. */
import { can } from "@/core/mod.ts";
import { define } from "./(_shared)/define.ts";
import { errorResponse } from "./(_shared)/http_error.ts";
import { formatMetrics, type Metric, PROMETHEUS_TYPE } from "./(_shared)/prometheus.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { core, principal } = ctx.state;
    if (principal === null) return errorResponse({ code: "unauthenticated" });
    if (!can(principal, "metrics.read")) return errorResponse({ code: "forbidden" });
    const gauges = await core.gauges();
    const { rss, heapUsed } = Deno.memoryUsage();
    const metrics: readonly Metric[] = [
      gauge("process_resident_memory_bytes", "Memory the process holds", rss),
      gauge("process_heap_bytes", "JavaScript heap in use", heapUsed),
      gauge("parley_streams", "Open event streams of the team", gauges.streams),
      gauge(
        "parley_live_conversations",
        "Open and snoozed conversations",
        gauges.liveConversations,
      ),
      gauge("parley_jobs_due", "Jobs due and not yet taken, at most 1000", gauges.dueJobs),
      gauge("parley_jobs_dead", "Jobs that used up their runs", gauges.deadJobs),
    ];
    return new Response(formatMetrics(metrics), {
      headers: { "content-type": PROMETHEUS_TYPE, "cache-control": "no-store" },
    });
  },
});

function gauge(name: string, help: string, value: number): Metric {
  return { name, help, type: "gauge", value };
}
