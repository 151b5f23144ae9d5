import type { AnyAdapter } from "./channel/mod.ts";
import type { Config } from "./config/mod.ts";
import type { Ports } from "./ports.ts";
import type { Store } from "./store/mod.ts";

/** What every service of the core is given. */
export interface CoreContext {
  readonly store: Store;
  readonly ports: Ports;
  readonly config: Config;
  /** By id. */
  readonly adapters: ReadonlyMap<string, AnyAdapter>;
}
