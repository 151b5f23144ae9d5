import type { Config } from "../config/mod.ts";
import type { Alarm, Ports, Random, SystemMailer } from "../ports.ts";
import { createDns } from "./dns.ts";
import { fetchAt } from "./fetch_at.ts";
import { createIds } from "./ids.ts";
import { createLog } from "./log.ts";
import { createSideThread } from "./side_thread.ts";

/** Longest time setTimeout can wait. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** What a process has beside what every one has. */
export interface PortOptions {
  readonly createMailer?: (
    ports: Pick<Ports, "clock" | "random" | "fetch">,
  ) => SystemMailer;
  /** The module of the side thread; without it there is none. */
  readonly workerEntry?: URL;
}

/** The ports of a real process. */
export function createPorts(
  config: Pick<Config, "logLevel" | "isDeploy">,
  { createMailer, workerEntry }: PortOptions = {},
): Ports {
  const clock = { now: () => Date.now() };
  const random: Random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };
  const realFetch: Ports["fetch"] = (input, init) => fetch(input, init);
  const log = createLog({
    level: config.logLevel,
    clock,
    isTerminal: Deno.stderr.isTerminal(),
    write: (line) => console.error(line),
  });
  return {
    clock,
    random,
    ids: createIds(clock, random),
    log,
    alarm: setAlarm,
    breathe: () => new Promise((resolve) => void setTimeout(resolve, 0)),
    fetch: realFetch,
    fetchAt,
    resolve: resolveHost,
    dns: createDns(),
    platform: { canListen: !config.isDeploy, canConnect: !config.isDeploy },
    // A hosted isolate has one thread.
    ...workerEntry === undefined || config.isDeploy
      ? {}
      : { sideThread: createSideThread({ entry: workerEntry, log }) },
    ...createMailer === undefined
      ? {}
      : { systemMailer: createMailer({ clock, random, fetch: realFetch }) },
  };
}

const setAlarm: Alarm = (at, run) => {
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const left = at - Date.now();
    if (left > MAX_TIMEOUT_MS) timer = setTimeout(wait, MAX_TIMEOUT_MS);
    else timer = setTimeout(run, Math.max(left, 0));
  };
  wait();
  return () => clearTimeout(timer);
};

async function resolveHost(host: string): Promise<readonly string[]> {
  if (host === "localhost") return ["127.0.0.1"];
  const found = await Promise.allSettled([
    Deno.resolveDns(host, "A"),
    Deno.resolveDns(host, "AAAA"),
  ]);
  return found.flatMap((one) => one.status === "fulfilled" ? one.value : []);
}
