/** The built app as a process of its own, as `deno task start` runs it, on data that is thrown away. */
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** A start on a busy machine; a quiet one needs less than a second. */
const START_DEADLINE_MS = 30_000;
/** Longer than the server's own. */
const STOP_DEADLINE_MS = 6_000;
/** Those of the `start` task: whatever needs more must fail here too. */
const SERVE = [
  "run",
  "--no-prompt",
  "--allow-net",
  "--allow-env",
  "--allow-read",
  "--allow-write",
  "--allow-sys=hostname",
  "serve.ts",
];

export interface ServerOptions {
  /** Variables beside `HOST`, `PORT` and `PARLEY_DATA`, or in their place. */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of `deno`, such as `["task", "start"]` to include the task; else `serve.ts` alone. */
  readonly command?: readonly string[];
}

/** How a process ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running server. Disposing stops it and removes its data. */
export interface RunningServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`, without a trailing slash. */
  readonly url: string;
  readonly pid: number;
  /** All it has printed so far. */
  printed(): { readonly stdout: string; readonly stderr: string };
  /** Sends a signal. */
  kill(signal: Deno.Signal): void;
  /** Settles when the process has ended. */
  readonly ended: Promise<Ended>;
}

/**
 * Starts `serve.ts` on a free port and waits until it is ready.
 * Throws with all it printed if it ends before.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await spawnServer(options);
  const url = await Promise.race([server.ready, server.ended]);
  if (typeof url === "string") return { ...server, url };
  await server[Symbol.asyncDispose]();
  throw new Error(`The server ended with ${url.code}\n${url.stdout}${url.stderr}`);
}

/** Starts `serve.ts` where it is expected to end by itself, and waits for that. */
export async function runServer(options: ServerOptions = {}): Promise<Ended> {
  await using server = await spawnServer(options);
  return await server.ended;
}

async function spawnServer({ env = {}, command = SERVE }: ServerOptions) {
  const data = await Deno.makeTempDir({ prefix: "parley-" });
  const child = new Deno.Command(Deno.execPath(), {
    args: [...command],
    cwd: ROOT,
    env: { HOST: "127.0.0.1", PORT: "0", PARLEY_DATA: data, NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const printed = { stdout: "", stderr: "" };
  const ready = Promise.withResolvers<string>();
  const timer = setTimeout(
    () => ready.reject(new Error(`Not ready in time\n${printed.stdout}${printed.stderr}`)),
    START_DEADLINE_MS,
  );
  const read = async (name: "stdout" | "stderr") => {
    for await (const text of child[name].pipeThrough(new TextDecoderStream())) {
      printed[name] += text;
      const url = /is ready on (http:\/\/\S+)/.exec(printed.stdout)?.[1];
      if (url) ready.resolve(url);
    }
  };
  const ended = Promise.all([child.status, read("stdout"), read("stderr")])
    .then(([{ code }]): Ended => ({ code, ...printed }));
  void ended.finally(() => clearTimeout(timer));
  return {
    pid: child.pid,
    ready: ready.promise.finally(() => clearTimeout(timer)),
    ended,
    printed: () => ({ ...printed }),
    kill: (signal: Deno.Signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      // Asked first: a task that is killed at once would leave its server behind.
      signalTo(child, "SIGTERM");
      const killer = setTimeout(() => signalTo(child, "SIGKILL"), STOP_DEADLINE_MS);
      await child.status;
      clearTimeout(killer);
      await ended;
      await Deno.remove(data, { recursive: true });
    },
  };
}

function signalTo(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended by itself.
  }
}
