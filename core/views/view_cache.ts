import type { View } from "../model/view.ts";
import { keys, type Reader } from "../store/mod.ts";

/** All saved views, in memory: each stream counts them again and again. Who changes one calls {@link ViewCache.forget}. */
export class ViewCache {
  readonly #reader: Reader;
  #cached: Promise<readonly View[]> | null = null;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Every view, in the order they stand. */
  all(): Promise<readonly View[]> {
    if (this.#cached) return this.#cached;
    const reading = readViews(this.#reader);
    this.#cached = reading;
    // A failed read must not be kept. Whoever awaits it gets the error.
    reading.catch(() => {
      if (this.#cached === reading) this.#cached = null;
    });
    return reading;
  }

  /** Makes the next question read the store; a read under way is not kept. */
  forget(): void {
    this.#cached = null;
  }
}

/** Every view, in the order they stand. */
export async function readViews(reader: Pick<Reader, "list">): Promise<readonly View[]> {
  const views: View[] = [];
  for await (const { value } of reader.list(keys.views())) views.push(value);
  return views.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}
