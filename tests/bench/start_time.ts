import { freePort } from "../../.tasks/free_port.ts";
import { startServer } from "../e2e/start_server.ts";

const POLL_MS = 5;

/** From starting the process until `/healthz` answers. @returns ms */
export async function measureStart(dataDir: string): Promise<number> {
  const port = freePort("127.0.0.1");
  const startedAt = performance.now();
  const starting = startServer({
    env: { PARLEY_DATA: dataDir, PARLEY_LOG: "warn", PORT: String(port) },
  });
  const readyAt = Promise.race([firstAnswer(port), starting.then(() => firstAnswer(port))]);
  await using server = await starting;
  const took = await readyAt - startedAt;
  void server;
  return took;
}

async function firstAnswer(port: number): Promise<number> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return performance.now();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error("Cannot measure the start: no answer in 30 s");
}
