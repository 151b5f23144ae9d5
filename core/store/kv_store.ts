/** The store over Deno KV: one handle that writes, one that reads and watches. */
import { createBlobs } from "./blobs.ts";
import { CommitQueue } from "./commit_queue.ts";
import { keys } from "./keys.ts";
import { KeyedQueue } from "./keyed_queue.ts";
import { KvReader } from "./kv_reader.ts";
import { checkLimits } from "./limits.ts";
import { NumberBlocks } from "./number_blocks.ts";
import { RecentRecords } from "./recent_records.ts";
import type {
  Applied,
  Batch,
  Blobs,
  Entry,
  Key,
  KeyRange,
  ListOptions,
  Store,
  StorePorts,
  Vault,
} from "./types.ts";

export interface KvStoreOptions {
  readonly writer: Deno.Kv;
  /** The writer itself where a second handle would not help. */
  readonly reader: Deno.Kv;
  readonly vault: Vault;
  readonly ports: StorePorts;
  /** Refuse what the strictest platform refuses. */
  readonly strict: boolean;
  /** No other process writes to this database. */
  readonly isAlone: boolean;
  /** Releases what the store holds beside its handles. */
  readonly release: () => void;
}

type CommitListener = Parameters<Store["onCommit"]>[0];

export class KvStore implements Store {
  readonly blobs: Blobs;
  readonly vault: Vault;
  readonly ports: StorePorts;
  readonly isAlone: boolean;
  readonly #options: KvStoreOptions;
  readonly #reads: KvReader;
  readonly #recent: RecentRecords | null;
  readonly #commits: Pick<CommitQueue, "apply">;
  readonly #queue = new KeyedQueue();
  readonly #numbers: NumberBlocks;
  readonly #listeners = new Set<CommitListener>();
  readonly #closed = new AbortController();
  #lastLogVersion = "";

  constructor(options: KvStoreOptions) {
    this.#options = options;
    this.vault = options.vault;
    this.ports = options.ports;
    this.isAlone = options.isAlone;
    this.#recent = options.isAlone ? new RecentRecords({ isFrozen: options.strict }) : null;
    this.#commits = options.isAlone
      ? new CommitQueue((batch) => this.#commit(batch))
      : { apply: (batch) => this.#commit(batch) };
    this.#reads = new KvReader(options.reader, this.#recent);
    this.#numbers = new NumberBlocks(this);
    this.blobs = createBlobs(this);
  }

  get lastLogVersion(): string {
    return this.#lastLogVersion;
  }

  get<T>(key: Key<T>): Promise<T | null> {
    return this.#reads.get(key);
  }

  getEntry<T>(key: Key<T>): Promise<Entry<T> | null> {
    return this.#reads.getEntry(key);
  }

  getMany<T>(keys: readonly Key<T>[]): Promise<(T | null)[]> {
    return this.#reads.getMany(keys);
  }

  getEntries<T>(keys: readonly Key<T>[]): Promise<(Entry<T> | null)[]> {
    return this.#reads.getEntries(keys);
  }

  list<T>(range: KeyRange<T>, options?: ListOptions): AsyncIterable<Entry<T>> {
    return this.#reads.list(range, options);
  }

  listPage<T>(range: KeyRange<T>, options: ListOptions & { readonly limit: number }) {
    return this.#reads.listPage(range, options);
  }

  inTurn<T>(name: string, run: () => Promise<T>): Promise<T> {
    return this.#queue.run(name, run);
  }

  nextNumber(counter: string): Promise<number> {
    return this.#numbers.next(counter);
  }

  async apply(batch: Batch): Promise<Applied> {
    if (this.#options.strict) checkLimits(batch);
    const result = await this.#commits.apply(batch);
    if (!result.ok) return result;
    const hasLog = batch.changes.length > 0;
    if (hasLog && result.versionstamp > this.#lastLogVersion) {
      this.#lastLogVersion = result.versionstamp;
    }
    const { changes, jobDueAt } = batch;
    this.#tell({ log: hasLog ? result.versionstamp : null, changes, jobDueAt });
    return result;
  }

  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async readLog(after: string, limit: number) {
    const entries = await Array.fromAsync(this.list(keys.logAfter(after), { limit }));
    return entries.map(({ versionstamp, value }) => ({ versionstamp, entry: value }));
  }

  async logHead() {
    const [last] = await Array.fromAsync(this.list(keys.logAfter(""), { limit: 1, reverse: true }));
    return last?.versionstamp ?? "";
  }

  watchHead(signal: AbortSignal): AsyncGenerator<void> {
    return this.watch(keys.head(), signal);
  }

  async *watch<T>({ path }: Key<T>, signal: AbortSignal): AsyncGenerator<void> {
    const either = AbortSignal.any([signal, this.#closed.signal]);
    if (either.aborted) return;
    if (this.#options.isAlone) {
      await new Promise<void>((resolve) => either.addEventListener("abort", () => resolve()));
      return;
    }
    const watch = this.#options.reader.watch([[...path]]).getReader();
    const stop = () => void watch.cancel();
    either.addEventListener("abort", stop);
    try {
      while (!(await watch.read()).done) yield;
    } finally {
      either.removeEventListener("abort", stop);
      await watch.cancel();
    }
  }

  [Symbol.dispose](): void {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#listeners.clear();
    const { writer, reader, release } = this.#options;
    if (reader !== writer) reader.close();
    writer.close();
    release();
  }

  async #commit(batch: Batch): Promise<Applied> {
    const operation = this.#prepare(batch);
    const writing = this.#recent?.write(batch.writes);
    try {
      const result = await operation.commit();
      if (!result.ok) {
        writing?.failed();
        return { ok: false };
      }
      writing?.landed(result.versionstamp);
      return { ok: true, versionstamp: result.versionstamp };
    } catch (error) {
      writing?.failed();
      throw error;
    }
  }

  #prepare(batch: Batch): Deno.AtomicOperation {
    const { writer, ports, isAlone } = this.#options;
    const operation = writer.atomic();
    for (const { path, versionstamp } of batch.checks) {
      operation.check({ key: [...path], versionstamp });
    }
    for (const write of batch.writes) {
      if (write.kind === "delete") operation.delete([...write.path]);
      else if (write.expireInMs === undefined) operation.set([...write.path], write.value);
      else operation.set([...write.path], write.value, { expireIn: write.expireInMs });
    }
    if (batch.changes.length > 0) {
      const at = ports.clock.now();
      operation.set(["log", writer.commitVersionstamp()], { at, changes: batch.changes });
      // Only what other processes write is watched for.
      if (!isAlone) operation.set([...keys.head().path], at);
    }
    return operation;
  }

  #tell(commit: Parameters<CommitListener>[0]): void {
    for (const listener of this.#listeners) {
      try {
        listener(commit);
      } catch (cause) {
        // The commit stands: its caller must not take a listener's bug for a failed write.
        this.ports.log("error", "commit listener failed", { error: String(cause) });
      }
    }
  }
}
