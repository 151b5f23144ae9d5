import type { Hub } from "../events/mod.ts";
import type { Ports } from "../ports.ts";
import { keys, type Store } from "../store/mod.ts";
import type { IndexChange, SearchIndex } from "./index_port.ts";
import { contactOf, readChanges, readConversation } from "./read_changes.ts";

/** Entries of the log for one batch; a split in one of them may bring hundreds of messages. */
const ENTRIES = 50;
const CHANGES = 50;
/** What comes within this time is written at once: a search finds it then. */
const SETTLE_MS = 250;
const MAX_WAIT_MS = 60_000;
const FAILURES_UNTIL_NEW = 3;

/** What keeps the index up to date. */
export interface IndexerOptions {
  readonly store: Store;
  readonly hub: Hub;
  readonly ports: Pick<Ports, "alarm" | "breathe" | "clock" | "log">;
  readonly index: SearchIndex;
}

/**
 * Follows the log for the index, which keeps its own place: what it knows and how far it is are written at once. Reads all
 * records anew where the log no longer goes back to that place.
 */
export class Indexer {
  readonly #options: IndexerOptions;
  readonly #stopped = new AbortController();
  #isPlanned = false;
  #isRebuilding = false;
  #failures = 0;
  /** Ends with the last that was begun. */
  #turn: Promise<void> = Promise.resolve();
  #unsubscribe = () => {};
  #cancel = () => {};

  constructor(options: IndexerOptions) {
    this.#options = options;
  }

  /** True while it reads everything: until then not all is found. */
  get isRebuilding(): boolean {
    return this.#isRebuilding;
  }

  /** Catches up, then follows. */
  start(): void {
    this.#unsubscribe = this.#options.hub.onAdvance(() => this.#poke());
    this.#poke(0);
  }

  /** Resolves when the last batch has ended. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#unsubscribe();
    this.#cancel();
    await this.#turn;
  }

  /** Brings in what the log holds now. */
  drain(): Promise<void> {
    return this.#inTurn(() => this.#drain());
  }

  /** Forgets all and reads every record. */
  rebuild(): Promise<void> {
    return this.#inTurn(() => this.#rebuild());
  }

  async #drain(): Promise<void> {
    const { store } = this.#options;
    const place = await this.#place();
    // Versionstamps sort as text. A place beyond the log's end is of a database that was put back since.
    const isInLog = place !== null && place >= (await store.get(keys.logTrimmed()) ?? "") &&
      place <= await store.logHead();
    if (!isInLog) await this.#rebuild();
    while (!this.#stopped.signal.aborted && await this.#step());
  }

  async #rebuild(): Promise<void> {
    const { store, ports, index } = this.#options;
    this.#isRebuilding = true;
    try {
      const place = await store.logHead();
      await index.clear();
      let batch: IndexChange[] = [];
      const put = async (change: IndexChange) => {
        batch.push(change);
        if (batch.length < CHANGES) return;
        await index.apply(batch);
        batch = [];
        await ports.breathe();
        this.#stopped.signal.throwIfAborted();
      };
      for await (const { value } of store.list(keys.contacts())) await put(contactOf(value));
      for await (const { value } of store.list(keys.conversations())) {
        for await (const change of readConversation(store, value)) await put(change);
      }
      await index.apply(batch, `${await this.#database()}${place}`);
    } finally {
      this.#isRebuilding = false;
    }
  }

  /** False when there is nothing. */
  async #step(): Promise<boolean> {
    const { store, ports, index } = this.#options;
    const items = await store.readLog(await this.#place() ?? "", ENTRIES);
    const last = items.at(-1);
    if (last === undefined) return false;
    const place = `${await this.#database()}${last.versionstamp}`;
    await index.apply(await readChanges(store, items), place);
    await ports.breathe();
    return true;
  }

  /** How far in this database's log the index is; null when it is of another one, or knows nothing. */
  async #place(): Promise<string | null> {
    const place = await this.#options.index.place();
    const database = await this.#database();
    return place?.startsWith(database) === true ? place.slice(database.length) : null;
  }

  /** What tells one database from another; the place stands behind it. */
  async #database(): Promise<string> {
    return `${(await this.#options.store.get(keys.workspace()))?.createdAt ?? 0} `;
  }

  /** Reads the log in a moment, together with what else comes until then. */
  #poke(waitMs = SETTLE_MS): void {
    if (this.#stopped.signal.aborted || this.#isPlanned) return;
    this.#isPlanned = true;
    const { ports } = this.#options;
    this.#cancel = ports.alarm(ports.clock.now() + waitMs, () => void this.#run());
  }

  /** One after the other: two would undo what the other writes. */
  #inTurn(run: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(run);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #run(): Promise<void> {
    const { ports } = this.#options;
    this.#isPlanned = false;
    try {
      // Whatever is wrong with the index: it is only a copy.
      if (this.#failures === FAILURES_UNTIL_NEW) await this.rebuild();
      await this.drain();
      this.#failures = 0;
    } catch (cause) {
      if (this.#stopped.signal.aborted) return;
      const waitMs = Math.min(1_000 * 2 ** this.#failures++, MAX_WAIT_MS);
      ports.log("error", "search index failed", { error: String(cause), waitMs });
      this.#poke(waitMs);
    }
  }
}
