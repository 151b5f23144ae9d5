/** Single reads of one database file, gathered while the handle is busy. */
import { pathId } from "./key_path.ts";
import { MAX_KEYS_AT_ONCE } from "./limits.ts";
import type { KeyPart } from "./types.ts";

/** What is asked of a handle. */
export type ReadHandle = Pick<Deno.Kv, "get" | "getMany">;
type Found = Deno.KvEntryMaybe<unknown>;

interface Waiting {
  readonly path: readonly KeyPart[];
  readonly found: PromiseWithResolvers<Found>;
}

/**
 * A file's handle reads one thing at a time, and a call costs more than what it reads. So what is asked for during a
 * read waits for it and is then read together, ten keys at once, each key once. Nobody is told anything older than
 * their question: only reads that have not begun are shared.
 */
export class ReadQueue {
  readonly #handle: ReadHandle;
  /** In the order asked, by path. */
  readonly #waiting = new Map<string, Waiting>();
  #isReading = false;

  constructor(handle: ReadHandle) {
    this.#handle = handle;
  }

  read(path: readonly KeyPart[]): Promise<Found> {
    const id = pathId(path);
    const waiting = this.#waiting.get(id);
    if (waiting) return waiting.found.promise;
    const found = Promise.withResolvers<Found>();
    this.#waiting.set(id, { path, found });
    if (!this.#isReading) void this.#readOn();
    return found.promise;
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    // What is asked for in the same breath comes along.
    await Promise.resolve();
    while (this.#waiting.size > 0) await this.#readNext();
    this.#isReading = false;
  }

  async #readNext(): Promise<void> {
    const batch: Waiting[] = [];
    for (const [id, one] of this.#waiting) {
      batch.push(one);
      this.#waiting.delete(id);
      if (batch.length === MAX_KEYS_AT_ONCE) break;
    }
    try {
      const [first] = batch;
      const entries = batch.length === 1 && first !== undefined
        ? [await this.#handle.get([...first.path])]
        // One entry for each key, whatever its value's type.
        : await this.#handle.getMany<unknown[]>(batch.map(({ path }) => [...path]));
      for (const [i, { found }] of batch.entries()) {
        const entry = entries[i];
        if (entry === undefined) found.reject(new Error("Cannot read: an answer is missing"));
        else found.resolve(entry);
      }
    } catch (error) {
      for (const { found } of batch) found.reject(error);
    }
  }
}
