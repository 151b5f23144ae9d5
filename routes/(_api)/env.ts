import type { Once, Principal } from "@/core/mod.ts";
import type { State } from "../(_shared)/define.ts";

/** What the API's handlers find in their context: `c.env` is the request's state, `c.var` what came of it. */
export interface ApiEnv {
  Bindings: State;
  Variables: {
    /** Who asks. Set by `requireCaller`, which every operation but the public ones is behind. */
    caller: Principal;
    /** For the command: the request's Idempotency-Key, if it has one. Set by `idempotent`. */
    once: Once;
    /** Idempotency keys being worked on in this process. */
    inFlight: Set<string>;
  };
}
