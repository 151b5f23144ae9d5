/** Numbers in blocks, so that a new conversation does not wait for every other one. */
import { keys } from "./keys.ts";
import type { Store } from "./types.ts";

const BLOCK = 20;

/** Hands out numbers of counters; a block that is not used up leaves a gap. */
export class NumberBlocks {
  readonly #store: Pick<Store, "apply" | "getEntry" | "inTurn">;
  readonly #blocks = new Map<string, { next: number; end: number }>();

  constructor(store: Pick<Store, "apply" | "getEntry" | "inTurn">) {
    this.#store = store;
  }

  next(counter: string): Promise<number> {
    return this.#store.inTurn(`counter:${counter}`, async () => {
      const block = this.#blocks.get(counter);
      if (block && block.next < block.end) return block.next++;
      const first = await this.#take(counter);
      this.#blocks.set(counter, { next: first + 1, end: first + BLOCK });
      return first;
    });
  }

  /** Other processes may take a block at the same time; one of them wins each round. */
  async #take(counter: string): Promise<number> {
    const key = keys.counter(counter);
    while (true) {
      const entry = await this.#store.getEntry(key);
      const first = entry?.value ?? 1;
      const taken = await this.#store.apply({
        checks: [{ path: key.path, versionstamp: entry?.versionstamp ?? null }],
        writes: [{ kind: "set", path: key.path, value: first + BLOCK }],
        changes: [],
        jobDueAt: null,
      });
      if (taken.ok) return first;
    }
  }
}
