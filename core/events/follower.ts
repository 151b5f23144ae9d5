/**
 * A follower of the log: search, webhooks, rules. Its place is stored in the commit of its effect, so an
 * effect is there exactly when the place is past it, whatever stopped the process in between.
 */
import type { Ports } from "../ports.ts";
import { keys, type LogItem, type Store, transact, type Tx } from "../store/mod.ts";
import type { Hub } from "./hub.ts";

/** Who reads the log, from where, and what for. */
export interface FollowerOptions {
  readonly store: Store;
  readonly hub: Hub;
  readonly ports: Pick<Ports, "alarm" | "clock" | "log">;
  /** Under which its place is stored: never changed, never used again. */
  readonly name: string;
  /** Entries per commit. Default and maximum: 100. */
  readonly maxEntries?: number;
  /**
   * Writes what follows from some entries; false when nothing does, which is then not written down at once. May run
   * again on the same ones, without a commit in between.
   */
  readonly handle: (tx: Tx, items: readonly LogItem[]) => Promise<void | boolean>;
}

/** Writes what follows from the log, each entry once. */
export class Follower {
  readonly #options: FollowerOptions;
  #size: number;
  #isStopped = true;
  #isPoked = false;
  #failures = 0;
  /** How far it has read beyond its stored place, and how many entries from which nothing followed. */
  #readTo = "";
  #passed = 0;
  #running: Promise<void> | null = null;
  #unsubscribe = () => {};
  #cancelRetry = () => {};

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#size = Math.min(options.maxEntries ?? MAX_ENTRIES, MAX_ENTRIES);
  }

  /** Catches up, then follows. */
  start(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#unsubscribe = this.#options.hub.onAdvance(() => this.#poke());
    this.#poke();
  }

  /** Resolves when the last batch has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unsubscribe();
    this.#cancelRetry();
    await this.#running;
  }

  /** Handles what the log holds now; returns how many entries that were. */
  async drain(): Promise<number> {
    let total = 0;
    while (true) {
      const count = await this.#step();
      if (count === 0) return total;
      total += count ?? 0;
    }
  }

  #poke(): void {
    this.#isPoked = true;
    if (this.#isStopped || this.#running) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
      if (this.#isPoked && this.#failures === 0) this.#poke();
    });
  }

  async #run(): Promise<void> {
    const { ports, name } = this.#options;
    try {
      while (this.#isPoked && !this.#isStopped) {
        this.#isPoked = false;
        while (!this.#isStopped && await this.#step() !== 0);
        this.#failures = 0;
      }
    } catch (cause) {
      this.#failures++;
      const waitMs = Math.min(1_000 * 2 ** (this.#failures - 1), MAX_WAIT_MS);
      ports.log("error", "follower failed", { name, error: String(cause), waitMs });
      this.#cancelRetry = ports.alarm(ports.clock.now() + waitMs, () => this.#poke());
    }
  }

  /** One commit. 0 when there is nothing; null when another process was faster. */
  async #step(): Promise<number | null> {
    const { store, name, handle } = this.#options;
    const key = keys.followerCursor(name);
    const stored = await store.get(key) ?? "";
    // Versionstamps sort as text.
    const place = this.#readTo > stored ? this.#readTo : stored;
    const items = await store.readLog(place, this.#size);
    const last = items.at(-1);
    if (!last) return 0;
    let passed = 0;
    try {
      const isMine = await transact(store, async (tx) => {
        if ((await tx.get(key) ?? "") !== stored) return false;
        const isIdle = await handle(tx, items) === false;
        passed = isIdle ? this.#passed + items.length : 0;
        if (!isIdle || passed >= MAX_PASSED) tx.set(key, last.versionstamp);
        return true;
      }, { queue: `follower:${name}` });
      if (isMine) {
        this.#readTo = last.versionstamp;
        this.#passed = passed >= MAX_PASSED ? 0 : passed;
      }
      this.#size = Math.min(this.#size * 2, this.#options.maxEntries ?? MAX_ENTRIES, MAX_ENTRIES);
      return isMine ? items.length : null;
    } catch (cause) {
      // Too much for one commit: with half as many entries it may fit.
      if (!(cause instanceof RangeError) || items.length === 1) throw cause;
      this.#size = Math.max(1, Math.floor(items.length / 2));
      return null;
    }
  }
}

const MAX_ENTRIES = 100;
/** As many entries without effect are read again after a restart: not worth a commit each. */
const MAX_PASSED = 100;
const MAX_WAIT_MS = 60_000;
