/**
 * The Fresh app and the composition root. `boot()` runs on the first request or from `serve.ts`,
 * never on import: a build imports this file.
 */
import { App, staticFiles } from "fresh";
import { ensureRunning, type Running, slot, type StartProblem } from "./core/slot.ts";
import { readConfig } from "./core/config/mod.ts";
import { err, ok, type Result } from "./core/result.ts";

slot().boot = boot;

export const app = new App<unknown>();

app.use(staticFiles());
app.use(async (ctx) => {
  const running = await ensureRunning();
  return running.ok ? await ctx.next() : ctx.text(running.error.message, { status: 503 });
});
app.get("/healthz", (ctx) => ctx.json({ ok: true }));
app.fsRoutes();

async function boot(): Promise<Result<Running, StartProblem>> {
  const config = readConfig(Deno.env.toObject());
  if (!config.ok) {
    const { name, message } = config.error;
    return err({ code: "cannot_start", message: `Cannot start: ${name} ${message}` });
  }
  const { host, port } = config.value;
  return await Promise.resolve(ok({
    address: { hostname: host, port },
    cron: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  }));
}
