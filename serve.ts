/**
 * The process: starts the built app and serves it until SIGTERM or SIGINT. It meets the app's
 * bundle in the slot of `core/slot.ts` and imports nothing else of it, since the bundle holds its
 * own copy of every module.
 */
import type { Running, Slot } from "./core/slot.ts";

/** A second less than what a supervisor is told to wait before it kills. */
const STOP_DEADLINE_MS = 4_000;

const handler = await loadHandler();
const running = await start();
const server = listen(running.address, handler);
Deno.cron("parley", "* * * * *", () => running.cron());
stopOnSignal();
announce(running.address.hostname, server.addr.port);

type Handler = (req: Request, info: Deno.ServeHandlerInfo) => Response | Promise<Response>;

async function loadHandler(): Promise<Handler> {
  const url = new URL("./_fresh/server.js", import.meta.url);
  if (!await Deno.stat(url).then((info) => info.isFile, () => false)) {
    fail("Cannot start: the app is not built; run `deno task build`");
  }
  // A built file has no types; its shape is Fresh's.
  const built = await import(url.href) as { default: { fetch: Handler } };
  return built.default.fetch;
}

async function start(): Promise<Running> {
  // Written by the bundle's copy of core/slot.ts.
  const slot = (globalThis as { [key: symbol]: Slot | undefined })[Symbol.for("parley")];
  if (!slot?.boot) throw new TypeError("Cannot start: the bundle left no boot() in the slot");
  slot.workerEntry = new URL("./_fresh/server/worker.mjs", import.meta.url);
  const started = await (slot.running ??= slot.boot());
  if (!started.ok) fail(started.error.message);
  return started.value;
}

function listen({ hostname, port }: Running["address"], handler: Handler) {
  try {
    // Silent: our own line comes when all is ready.
    return Deno.serve({ hostname, port, onListen: () => {} }, handler);
  } catch (error) {
    fail(`Cannot listen on ${hostname}:${port}: ${reasonOf(error)}`);
  }
}

function announce(hostname: string, port: number): void {
  const isAny = hostname === "0.0.0.0" || hostname === "::";
  const name = isAny ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  console.log(`Parley is ready on http://${name}:${port}`);
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return "the port is in use; set PORT to another one";
  }
  if (error instanceof Deno.errors.PermissionDenied) return "this user may not use the port";
  return error instanceof Error ? error.message : String(error);
}

/** The first signal ends the process in good order, within the deadline; a second one at once. */
function stopOnSignal(): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) Deno.exit(1);
    isStopping = true;
    const deadline = AbortSignal.timeout(STOP_DEADLINE_MS);
    deadline.addEventListener("abort", () => {
      console.error("Stopping took too long: exiting with work unfinished");
      Deno.exit(1);
    });
    stop(deadline).then(() => Deno.exit(0), (error) => {
      console.error(error);
      Deno.exit(1);
    });
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, onSignal);
}

/** Takes no new requests while `running.stop()` ends the streams which hold the old ones open. */
async function stop(signal: AbortSignal): Promise<void> {
  await Promise.all([server.shutdown(), running.stop(signal)]);
}

function fail(message: string): never {
  console.error(message);
  Deno.exit(1);
}
