/** Where answers go when the visitor has left: asked once, remembered on the device; the address itself is the server's. */
import type { ApiError, VisitorApi } from "./api.ts";
import type { Kept } from "./kept.ts";
import { EMPTY, type Reach } from "./state.ts";
import type { Store } from "./store.ts";

export interface ReachingOptions {
  readonly api: Pick<VisitorApi, "leaveEmail">;
  readonly kept: Kept;
  readonly store: Store;
}

export class Reaching {
  readonly #options: ReachingOptions;

  constructor(options: ReachingOptions) {
    this.#options = options;
  }

  /** The visitor leaves an address. @returns why it was not taken; null when it was */
  async leave(address: string): Promise<ApiError | null> {
    const answer = await this.#options.api.leaveEmail(address);
    if (!answer.ok) return answer.error;
    this.#keep({ kind: "known", address });
    return null;
  }

  /** The site's word, or the server's memory. */
  know(): void {
    this.#keep({ kind: "known", address: null });
  }

  /** They do not want to say: nobody asks again. */
  skip(): void {
    this.#keep({ kind: "skipped" });
  }

  /** It was another one: asks again. */
  askAgain(): void {
    this.#keep({ kind: "unknown" });
  }

  #keep(reach: Reach): void {
    const { kept, store } = this.#options;
    if (reach.kind === "unknown") kept.remove("email");
    else kept.set("email", reach.kind);
    store.set({ reach });
  }
}

/** What the device remembers of it. */
export function readReach(kept: Kept): Reach {
  const kind = kept.get("email");
  if (kind === "known") return { kind, address: null };
  return kind === "skipped" ? { kind } : EMPTY.reach;
}
