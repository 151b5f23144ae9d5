/**
 * The hub: one reader of the log per process. A local commit or a watched key of another process wakes
 * it; it reads what is new once, keeps it in a ring and lets every subscriber read along. A subscriber
 * holds a place, not a queue, so a slow one costs nothing: once it falls behind the ring it reads the log.
 */
import type { LogEntry } from "../model/change.ts";
import type { Ports } from "../ports.ts";
import { keys, type LogItem, type Store } from "../store/mod.ts";
import { LOG_START, parseCursor } from "./cursor.ts";

/** What a subscriber of the log is given. */
export type HubItem =
  /** First of all: where the subscription starts. */
  | { readonly kind: "hello"; readonly cursor: string }
  | {
    readonly kind: "entry";
    /** After all changes of the entry. */
    readonly cursor: string;
    readonly entry: LogEntry;
    /** How many of its changes the subscriber has seen before. */
    readonly seen: number;
  }
  /** The cursor is malformed or no longer in the log: refetch, then go on from `cursor`. */
  | { readonly kind: "reset"; readonly cursor: string };

/** What is new since the last batch; `reset` instead of entries when some of it is gone. */
export type HubBatch =
  | { readonly kind: "entries"; readonly items: readonly LogItem[] }
  | { readonly kind: "reset"; readonly cursor: string };

/** What a hub reads, and how much of it stays in memory. */
export interface HubOptions {
  readonly store: Store;
  readonly ports: Pick<Ports, "alarm" | "clock" | "log">;
  /** Entries kept in memory. Default: 2,000. */
  readonly ringSize?: number;
}

/** One reader of the log for a whole process. */
export class Hub {
  readonly #store: Store;
  readonly #ports: HubOptions["ports"];
  readonly #ringSize: number;
  readonly #stopped = new AbortController();
  readonly #listeners = new Set<() => void>();
  #ring: LogItem[] = [];
  /** Everything after this and up to `#version` is in the ring. */
  #ringAfter = LOG_START;
  #version = LOG_START;
  #next = Promise.withResolvers<void>();
  #reading: Promise<void> | null = null;
  #isPoked = false;
  #started: Promise<void> | null = null;
  #cancelRetry = () => {};
  #unsubscribe = () => {};

  constructor(options: HubOptions) {
    this.#store = options.store;
    this.#ports = options.ports;
    this.#ringSize = options.ringSize ?? 2_000;
  }

  /** Versionstamp of the newest entry that subscribers can see. */
  get version(): string {
    return this.#version;
  }

  /** Finds the head of the log and follows it. Repeated calls wait for the first. */
  start(): Promise<void> {
    return this.#started ??= this.#start();
  }

  /** Ends every subscription. */
  stop(): void {
    this.#stopped.abort();
    this.#unsubscribe();
    this.#cancelRetry();
    this.#next.resolve();
  }

  /** Called whenever the log has grown. Returns a function that ends it. */
  onAdvance(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Follows the log without gap or duplicate until `signal` aborts or the hub stops.
   * @param options `cursor`: of the last entry or change seen; null for "from now on"
   */
  async *subscribe(
    options: { readonly cursor: string | null; readonly signal: AbortSignal },
  ): AsyncGenerator<HubItem, void> {
    await this.start();
    const given = options.cursor === null ? null : parseCursor(options.cursor);
    const place = given?.versionstamp ?? this.#version;
    if (options.cursor !== null && given === null) yield { kind: "reset", cursor: place };
    else yield { kind: "hello", cursor: options.cursor ?? place };
    if (given && given.seen !== null) {
      const entry = await this.#store.get(keys.log(given.versionstamp));
      if (entry && entry.changes.length > given.seen) {
        yield { kind: "entry", cursor: given.versionstamp, entry, seen: given.seen };
      }
    }
    for await (const batch of this.follow({ after: place, signal: options.signal })) {
      if (batch.kind === "reset") yield batch;
      else {
        for (const { versionstamp, entry } of batch.items) {
          yield { kind: "entry", cursor: versionstamp, entry, seen: 0 };
        }
      }
    }
  }

  /** Like `subscribe`, as batches after a versionstamp: for readers inside the process. */
  async *follow(
    options: { readonly after: string; readonly signal: AbortSignal },
  ): AsyncGenerator<HubBatch, void> {
    await this.start();
    const aborted = abortPromise(options.signal, this.#stopped.signal);
    try {
      let place = options.after;
      while (!aborted.isAborted()) {
        const next = this.#next.promise;
        const batch = await this.#after(place);
        if (aborted.isAborted()) return;
        if (batch.kind === "reset") {
          place = batch.cursor;
          yield batch;
        } else if (batch.items.length > 0) {
          place = batch.items.at(-1)?.versionstamp ?? place;
          yield batch;
        } else await Promise.race([next, aborted.promise]);
      }
    } finally {
      aborted.release();
    }
  }

  async #start(): Promise<void> {
    // Listens first: a commit during the first read is read in the next round.
    this.#unsubscribe = this.#store.onCommit(({ log }) => {
      if (log !== null) this.#poke();
    });
    this.#version = this.#ringAfter = await this.#store.logHead() || LOG_START;
    void this.#watch();
    this.#poke();
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopped;
    try {
      for await (const _ of this.#store.watchHead(signal)) this.#poke();
    } catch (cause) {
      if (signal.aborted) return;
      this.#ports.log("warn", "log watch ended", { error: String(cause) });
      this.#cancelRetry = this.#ports.alarm(this.#ports.clock.now() + RETRY_MS, () => {
        this.#poke();
        void this.#watch();
      });
    }
  }

  /** Reads what is new; a poke during a read makes one more read. */
  #poke(): void {
    this.#isPoked = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
      if (this.#isPoked && !this.#stopped.signal.aborted) this.#poke();
    });
  }

  async #read(): Promise<void> {
    try {
      while (this.#isPoked && !this.#stopped.signal.aborted) {
        this.#isPoked = false;
        const items = await this.#store.readLog(this.#version, BATCH);
        if (items.length === BATCH) this.#isPoked = true;
        this.#append(items);
      }
    } catch (cause) {
      if (this.#stopped.signal.aborted) return;
      this.#ports.log("error", "log read failed", { error: String(cause) });
      this.#isPoked = false;
      this.#cancelRetry = this.#ports.alarm(
        this.#ports.clock.now() + RETRY_MS,
        () => this.#poke(),
      );
    }
  }

  #append(items: readonly LogItem[]): void {
    const last = items.at(-1);
    if (!last) return;
    this.#ring.push(...items);
    this.#version = last.versionstamp;
    if (this.#ring.length > 2 * this.#ringSize) {
      // Cut in large pieces: a shift per entry would move the whole ring each time.
      const cut = this.#ring.length - this.#ringSize;
      this.#ringAfter = this.#ring[cut - 1]?.versionstamp ?? this.#ringAfter;
      this.#ring = this.#ring.slice(cut);
    }
    const woken = this.#next;
    this.#next = Promise.withResolvers();
    woken.resolve();
    for (const listener of this.#listeners) listener();
  }

  /** Entries after a place: from the ring, or from the log for what is older. */
  async #after(place: string): Promise<HubBatch> {
    if (place >= this.#ringAfter) {
      // A place the log has not reached is of a database that was restored since.
      if (place > this.#version && place > await this.#head()) return await this.#reset();
      const from = firstAfter(this.#ring, place);
      return { kind: "entries", items: this.#ring.slice(from, from + BATCH) };
    }
    const items = await this.#store.readLog(place, BATCH);
    // Asked after the read: had the log been trimmed during it, entries might be missing.
    const trimmed = await this.#store.get(keys.logTrimmed());
    return trimmed !== null && place < trimmed ? await this.#reset() : { kind: "entries", items };
  }

  /** The head of the log, when this process may not have read it yet. */
  async #head(): Promise<string> {
    return await this.#store.logHead() || LOG_START;
  }

  /** From the head, not from what was read so far: that may be trimmed too, and would be reset once more. */
  async #reset(): Promise<HubBatch> {
    return { kind: "reset", cursor: await this.#head() };
  }
}

const BATCH = 100;
const RETRY_MS = 1_000;

/** Index of the first item after a versionstamp. */
function firstAfter(items: readonly LogItem[], versionstamp: string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.versionstamp ?? "") <= versionstamp) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A promise for the first of two aborts, without a listener left behind. */
function abortPromise(...signals: readonly AbortSignal[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onAbort = () => resolve();
  for (const signal of signals) signal.addEventListener("abort", onAbort);
  const isAborted = () => signals.some((signal) => signal.aborted);
  return {
    promise,
    isAborted,
    release() {
      for (const signal of signals) signal.removeEventListener("abort", onAbort);
    },
  };
}
