/** What the benchmarks run against: the built app as two processes, one small shop and one with very much to do. */
import { freePort } from "../../.tasks/free_port.ts";
import { seedData, type SeededData } from "../../.tasks/seed_data.ts";
import { type RunningServer, startServer } from "../e2e/start_server.ts";

export const PASSWORD = "correct horse battery";
/** Mail is posted with it. */
export const INBOUND_SECRET = "bench-inbound-secret";
const SEED = 7;
/** Where a provider would be: nothing leaves this machine. */
const NOBODY = "http://127.0.0.1:9";

export interface Site {
  readonly dataDir: string;
  readonly seeded: SeededData;
  /** Starts a server on the data. One at a time. */
  start(): Promise<RunningServer>;
}

export interface BenchWorld extends AsyncDisposable {
  readonly dir: string;
  /** 300 conversations of a shop. */
  readonly small: Site;
  /** Nothing but open conversations. */
  readonly large: Site;
}

/** Seeds both. Disposing removes the data. @param conversations in the large one */
export async function makeBenchWorld(conversations: number): Promise<BenchWorld> {
  const dir = await Deno.makeTempDir({ prefix: "parley-bench-" });
  const site = async (name: string, count: number, mix: "believable" | "open"): Promise<Site> => {
    const dataDir = `${dir}/${name}`;
    const port = freePort("127.0.0.1");
    const seeded = await seedData({
      dataDir,
      port,
      password: PASSWORD,
      inboundSecret: INBOUND_SECRET,
      // Nothing is sent: no benchmark replies by mail.
      smtp: { host: "127.0.0.1", port: 9 },
      plan: { seed: SEED, now: Date.now(), conversations: count, mix },
    });
    const env = { PARLEY_DATA: dataDir, PARLEY_LOG: "warn", PARLEY_GRAPH_URL: NOBODY };
    return { dataDir, seeded, start: () => startServer({ env }) };
  };
  return {
    dir,
    small: await site("small", 300, "believable"),
    large: await site("large", conversations, "open"),
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}
