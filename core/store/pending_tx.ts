/** The unit of work while it is being written: collects checks, writes, changes and jobs. */
import type { Change } from "../model/change.ts";
import { blobWrites, MAX_BLOB_IN_COMMIT_BYTES, stagedProblem } from "./blobs.ts";
import { pathId } from "./key_path.ts";
import { keys } from "./keys.ts";
import { MAX_CHECKS } from "./limits.ts";
import type {
  Batch,
  BlobRef,
  Check,
  Entry,
  JobRef,
  Key,
  KeyRange,
  ListOptions,
  NewJob,
  SetOptions,
  Store,
  Tx,
  Write,
} from "./types.ts";

export class PendingTx implements Tx {
  readonly now: number;
  readonly #store: Store;
  readonly #checks = new Map<string, Check>();
  /** What was read, with or without a check: the same key is read once. */
  readonly #found = new Map<string, Promise<Entry<unknown> | null>>();
  readonly #writes = new Map<string, Write>();
  readonly #changes: Change[] = [];
  readonly #adopted: BlobRef[] = [];
  #blobBytes = 0;
  #jobDueAt: number | null = null;
  #isFinished = false;

  constructor(store: Store) {
    this.#store = store;
    this.now = store.ports.clock.now();
  }

  async get<T>(key: Key<T>): Promise<T | null> {
    this.#assertOpen();
    const id = pathId(key.path);
    const entry = await this.#find(id, key);
    this.#check(id, { path: key.path, versionstamp: entry?.versionstamp ?? null });
    return entry?.value ?? null;
  }

  async read<T>(key: Key<T>): Promise<T | null> {
    this.#assertOpen();
    return (await this.#find(pathId(key.path), key))?.value ?? null;
  }

  list<T>(range: KeyRange<T>, options?: ListOptions): AsyncIterable<Entry<T>> {
    this.#assertOpen();
    return this.#store.list(range, options);
  }

  expect<T>(key: Key<T>, versionstamp: string): void {
    this.#check(pathId(key.path), { path: key.path, versionstamp });
  }

  insert<T>(key: Key<T>, value: T, options: SetOptions = {}): void {
    this.set(key, value, options);
    const id = pathId(key.path);
    // A key that was read with a check and found keeps that check: inserting it is a bug.
    const known = this.#checks.get(id);
    if (known && known.versionstamp !== null) {
      throw new TypeError(
        `Cannot insert ${JSON.stringify(key.path)}: the work read it and it exists`,
      );
    }
    this.#check(id, { path: key.path, versionstamp: null });
  }

  set<T>(key: Key<T>, value: T, options: SetOptions = {}): void {
    const { path } = key;
    this.#write(
      options.expireInMs === undefined
        ? { kind: "set", path, value }
        : { kind: "set", path, value, expireInMs: options.expireInMs },
    );
  }

  delete<T>(key: Key<T>): void {
    this.#write({ kind: "delete", path: key.path });
  }

  emit(change: Change): void {
    this.#assertOpen();
    this.#changes.push(change);
  }

  job(job: NewJob): JobRef {
    const { kind, payload, dueAt } = job;
    const id = job.id ?? this.#store.ports.ids.next("job");
    this.set(keys.job(dueAt, id), {
      id,
      kind,
      payload,
      dueAt,
      firstDueAt: dueAt,
      attempts: 0,
      lastError: null,
      ...job.past,
      lease: null,
    });
    this.#jobDueAt = Math.min(this.#jobDueAt ?? dueAt, dueAt);
    return { id, dueAt };
  }

  cancelJob(ref: JobRef): void {
    this.delete(keys.job(ref.dueAt, ref.id));
  }

  blob(bytes: Uint8Array): BlobRef {
    this.#blobBytes += bytes.byteLength;
    if (this.#blobBytes > MAX_BLOB_IN_COMMIT_BYTES) {
      const max = MAX_BLOB_IN_COMMIT_BYTES;
      throw new RangeError(
        `Cannot store blob: ${this.#blobBytes} bytes in a commit, at most ${max}`,
      );
    }
    const id = this.#store.ports.ids.next("blb");
    for (const write of blobWrites(id, bytes)) this.#write(write);
    return { id, size: bytes.byteLength };
  }

  adopt(ref: BlobRef): void {
    this.delete(keys.stagedBlob(ref.id));
    this.#adopted.push(ref);
  }

  dropBlob(id: string): void {
    this.delete(keys.blobMeta(id));
    this.set(keys.stagedBlob(id), 0);
  }

  /** Ends the work. Null when it wrote nothing. */
  async finish(): Promise<Batch | null> {
    this.#isFinished = true;
    const marks = await this.#store.getMany(this.#adopted.map(({ id }) => keys.stagedBlob(id)));
    for (const [i, ref] of this.#adopted.entries()) {
      const problem = stagedProblem(ref, marks[i] ?? null, this.now);
      if (problem !== null) throw new Error(problem);
    }
    if (this.#writes.size === 0 && this.#changes.length === 0) return null;
    return {
      checks: [...this.#checks.values()],
      writes: [...this.#writes.values()],
      changes: this.#changes,
      jobDueAt: this.#jobDueAt,
    };
  }

  #find<T>(id: string, key: Key<T>): Promise<Entry<T> | null> {
    // Kept under the path of this key, so it holds a T.
    const known = this.#found.get(id) as Promise<Entry<T> | null> | undefined;
    if (known) return known;
    const found = this.#store.getEntry(key);
    this.#found.set(id, found);
    return found;
  }

  #check(id: string, check: Check): void {
    this.#assertOpen();
    this.#checks.set(id, check);
    if (this.#checks.size > MAX_CHECKS) {
      throw new RangeError(`Cannot commit: over ${MAX_CHECKS} checks, at ${check.path[0]}`);
    }
  }

  #write(write: Write): void {
    this.#assertOpen();
    this.#writes.set(pathId(write.path), write);
  }

  #assertOpen(): void {
    if (this.#isFinished) throw new TypeError("Cannot use tx: its work has ended");
  }
}
