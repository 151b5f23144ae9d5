import type { OwnCounts } from "../conversations/mod.ts";
import type { Ports } from "../ports.ts";

/** Reading them asks the store: not more often than this, however much happens. */
export const OWN_COUNTS_MS = 2_000;

/** One caller's own counts, read now and then. */
export class OwnCountsReader {
  readonly #read: () => Promise<OwnCounts>;
  readonly #clock: Ports["clock"];
  #known: { readonly at: number; readonly counts: OwnCounts } | null = null;

  constructor(read: () => Promise<OwnCounts>, clock: Ports["clock"]) {
    this.#read = read;
    this.#clock = clock;
  }

  /** @returns also whether they are from a moment ago: then they are to be asked for again. */
  async now(): Promise<{ readonly counts: OwnCounts; readonly isLate: boolean }> {
    const at = this.#clock.now();
    const known = this.#known;
    // A clock that was set back must not keep them for good.
    if (known !== null && at >= known.at && at - known.at < OWN_COUNTS_MS) {
      return { counts: known.counts, isLate: true };
    }
    const counts = await this.#read();
    this.#known = { at, counts };
    return { counts, isLate: false };
  }
}
