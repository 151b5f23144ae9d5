import type { Visitor } from "@/core/mod.ts";
import type { State } from "../(_shared)/define.ts";

/** What the visitor API's handlers find: `c.env` is the request's state, `c.var` what came of it. */
export interface VisitorEnv {
  Bindings: State;
  Variables: {
    /** Who asks. Set by `requireVisitor`. */
    visitor: Visitor;
  };
}
