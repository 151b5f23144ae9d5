import { createDefine } from "fresh";
import type { Config, Core, Principal } from "@/core/mod.ts";

/** What every request carries, set by the middleware of `main.ts` before any route runs. */
export interface State {
  readonly core: Core;
  readonly config: Config;
  /** Who asks: a user by session cookie, a token by bearer, or nobody. */
  readonly principal: Principal | null;
  /** Address of the client, behind as many proxies as PARLEY_TRUST_PROXY says. */
  readonly remoteAddress: string;
  /** When the request came, epoch ms. */
  readonly t0: number;
}

/** Fresh's `define`, tied to {@link State}: `define.page`, `define.handlers`, `define.middleware`. */
export const define = createDefine<State>();
