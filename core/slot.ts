/**
 * Where the process and the built app meet. The app's bundle holds its own copy of every module, so
 * `serve.ts` imports none of them: `main.ts` leaves its `boot` in this slot on `globalThis`, and
 * whoever is first, `serve.ts` or a request, starts the app through it, once. The slot also
 * survives the reloads of development.
 */
import type { Config } from "./config/mod.ts";
import type { Core } from "./core.ts";
import type { Result } from "./result.ts";

/** What is running behind the HTTP handler. */
export interface Running {
  readonly core: Core;
  readonly config: Config;
  /** Where the process should listen. */
  readonly address: { readonly hostname: string; readonly port: number };
  /** Does what is due; called once a minute by `Deno.cron`. */
  cron(): Promise<void>;
  /** Ends streams, releases leases, closes the store. Gives up when `signal` aborts. */
  stop(signal: AbortSignal): Promise<void>;
}

/** Why the app does not start, in one line for whoever started it, such as a wrong variable. */
export interface StartProblem {
  readonly code: "cannot_start";
  readonly message: string;
}

/** Reads the environment, opens the store, starts the workers. A throw is a bug. */
export type Boot = () => Promise<Result<Running, StartProblem>>;

export interface Slot {
  /** The built `worker.ts`, left by whoever knows where the build is. Without it nothing is done aside. */
  workerEntry?: URL;
  /** Left by `main.ts` on import, the newest one after a reload. */
  boot?: Boot;
  /** What the first call of `boot` gave. */
  running?: ReturnType<Boot>;
}

/** The slot of this process, made on first use. */
export function slot(): Slot {
  // globalThis has no type for a symbol of ours; this file is the only one to write it.
  const holder = globalThis as { [SLOT]?: Slot };
  return holder[SLOT] ??= {};
}

/** Starts the app unless it is running or starting. Fails when `main.ts` was not imported. */
export function ensureRunning(of: Slot = slot()): ReturnType<Boot> {
  if (of.running) return of.running;
  if (!of.boot) throw new TypeError("Cannot start: the slot holds no boot()");
  return of.running = of.boot();
}

/** `Symbol.for` is shared by all copies of this module. */
const SLOT: unique symbol = Symbol.for("parley");
