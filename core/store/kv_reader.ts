/** Reads of a Deno KV handle, typed by their keys. Under a key too long to exist there is nothing. */
import { encodeCursor, rangeAfter } from "./cursor.ts";
import { comparePaths } from "./key_path.ts";
import { canBeKey, MAX_KEYS_AT_ONCE } from "./limits.ts";
import { ReadQueue } from "./read_queue.ts";
import type { RecentRecords } from "./recent_records.ts";
import type { Entry, Key, KeyPart, KeyRange, ListOptions, Reader } from "./types.ts";

export class KvReader implements Reader {
  readonly #kv: Deno.Kv;
  readonly #local: { readonly queue: ReadQueue; readonly recent: RecentRecords } | null;

  /**
   * @param recent given where the database is a file of this process alone: reads are gathered, and not repeated.
   * Elsewhere they only wait for the network.
   */
  constructor(kv: Deno.Kv, recent: RecentRecords | null) {
    this.#kv = kv;
    this.#local = recent && { queue: new ReadQueue(kv), recent };
  }

  async get<T>(key: Key<T>): Promise<T | null> {
    return (await this.getEntry(key))?.value ?? null;
  }

  async getEntry<T>(key: Key<T>): Promise<Entry<T> | null> {
    if (!canBeKey(key.path)) return null;
    if (this.#local === null) return toEntry(await this.#kv.get<T>(key.path));
    const { queue, recent } = this.#local;
    const found = await recent.find(key.path, async (path) => toEntry(await queue.read(path)));
    // Under the path of this key there is a T.
    return found as Entry<T> | null;
  }

  async getMany<T>(keys: readonly Key<T>[]): Promise<(T | null)[]> {
    return (await this.getEntries(keys)).map((entry) => entry?.value ?? null);
  }

  async getEntries<T>(keys: readonly Key<T>[]): Promise<(Entry<T> | null)[]> {
    // Gathered again by the queue, ten at a time, if they are not known.
    if (this.#local !== null || !keys.every(({ path }) => canBeKey(path))) {
      return await Promise.all(keys.map((key) => this.getEntry(key)));
    }
    const groups: Promise<Deno.KvEntryMaybe<T>[]>[] = [];
    for (let i = 0; i < keys.length; i += MAX_KEYS_AT_ONCE) {
      groups.push(this.#getGroup(keys.slice(i, i + MAX_KEYS_AT_ONCE)));
    }
    return (await Promise.all(groups)).flat().map(toEntry);
  }

  async *list<T>(range: KeyRange<T>, options: ListOptions = {}): AsyncGenerator<Entry<T>> {
    const { limit, reverse = false, cursor, signal } = options;
    const rest = cursor === undefined ? range : rangeAfter(range, cursor, reverse);
    // Both come of what a client may ask for: after the last place, or below an id no key can hold.
    if (comparePaths(rest.start, rest.end) >= 0 || !canBeKey(rest.start)) return;
    const found = this.#kv.list<T>({ start: [...rest.start], end: [...rest.end] }, {
      reverse,
      batchSize: Math.min(limit ?? MAX_BATCH, MAX_BATCH),
      ...(limit === undefined ? {} : { limit }),
    });
    for await (const item of found) {
      signal?.throwIfAborted();
      const entry = toEntry(item);
      if (entry) yield entry;
    }
  }

  async listPage<T>(
    range: KeyRange<T>,
    options: ListOptions & { readonly limit: number },
  ): Promise<{ readonly items: readonly Entry<T>[]; readonly next: string | null }> {
    // One more than asked for tells whether a next page exists.
    const items = await Array.fromAsync(this.list(range, { ...options, limit: options.limit + 1 }));
    if (items.length <= options.limit) return { items, next: null };
    const page = items.slice(0, options.limit);
    const last = page.at(-1);
    return { items: page, next: last ? encodeCursor(range, last.path) : null };
  }

  async #getGroup<T>(keys: readonly Key<T>[]): Promise<Deno.KvEntryMaybe<T>[]> {
    // A mapped type over the array's length is what getMany expects; every entry holds a T.
    return await this.#kv.getMany<T[]>(keys.map((key) => [...key.path]));
  }
}

const MAX_BATCH = 500;

function toEntry<T>(entry: Deno.KvEntryMaybe<T>): Entry<T> | null {
  if (entry.versionstamp === null) return null;
  return { path: entry.key.map(toPart), value: entry.value, versionstamp: entry.versionstamp };
}

/** Deno's type admits a symbol, which only a key about to be written may hold. */
function toPart(part: Deno.KvKeyPart): KeyPart {
  if (typeof part === "symbol") throw new TypeError("Cannot read key: a symbol in it");
  return part;
}
