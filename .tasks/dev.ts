/**
 * `deno task dev`: Vite serves the app, rebuilds what changes and reloads the browser. The app starts
 * with the first request and keeps running over reloads, in the slot of `core/slot.ts`.
 */
import { createServer } from "vite";
import { slot } from "../core/slot.ts";

const server = await createServer({
  configFile: "fresh.config.ts",
  configLoader: "native",
  server: {
    host: Deno.env.get("HOST") ?? "127.0.0.1",
    port: Number(Deno.env.get("PORT") ?? 8000),
    strictPort: true,
  },
});
await server.listen();
server.printUrls();
for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, stop);

async function stop(): Promise<void> {
  const running = await slot().running;
  if (running?.ok) await running.value.stop(AbortSignal.timeout(4_000));
  // Vite waits for open connections and leaves esbuild's process behind.
  Deno.exit(0);
}
