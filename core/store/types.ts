/** The store's vocabulary: typed keys, the unit of work, blobs and jobs as the rest of the core sees them. */
import type { Change, LogEntry } from "../model/change.ts";
import type { Sealed } from "../model/channel.ts";
import type { Ports } from "../ports.ts";

/** A key of the database together with the type of its value. Made only by `keys.ts`. */
export interface Key<T> {
  readonly path: readonly KeyPart[];
  /** Phantom: never set. */
  readonly value?: (value: T) => T;
}
/** All keys below a path, in order. Made only by `keys.ts`. */
export interface KeyRange<T> {
  readonly start: readonly KeyPart[];
  /** Exclusive. */
  readonly end: readonly KeyPart[];
  readonly value?: (value: T) => T;
}
/** What a key is made of. */
export type KeyPart = string | number | bigint | boolean | Uint8Array;

/** A value with its key and version. */
export interface Entry<T> {
  readonly path: readonly KeyPart[];
  readonly value: T;
  readonly versionstamp: string;
}

/** How much of a range, from which end, after what. */
export interface ListOptions {
  readonly limit?: number;
  readonly reverse?: boolean;
  /** Continue after this cursor (as returned by `listPage`). */
  readonly cursor?: string;
  readonly signal?: AbortSignal;
}

/** Reads. They go to the reader handle and never wait for a commit. */
export interface Reader {
  get<T>(key: Key<T>): Promise<T | null>;
  getEntry<T>(key: Key<T>): Promise<Entry<T> | null>;
  /** Any number of keys, in order; null where there is none. */
  getMany<T>(keys: readonly Key<T>[]): Promise<(T | null)[]>;
  /** Like `getMany`, with versionstamps. */
  getEntries<T>(keys: readonly Key<T>[]): Promise<(Entry<T> | null)[]>;
  list<T>(range: KeyRange<T>, options?: ListOptions): AsyncIterable<Entry<T>>;
  listPage<T>(
    range: KeyRange<T>,
    options: ListOptions & { readonly limit: number },
  ): Promise<{ readonly items: readonly Entry<T>[]; readonly next: string | null }>;
}

/** The database, as the rest of the core sees it. */
export interface Store extends Reader, Disposable {
  readonly blobs: Blobs;
  readonly vault: Vault;
  readonly ports: StorePorts;
  /** No other process uses this database. */
  readonly isAlone: boolean;
  /** Writes a batch at once, or not at all. Commands use `transact`, which makes the batch. */
  apply(batch: Batch): Promise<Applied>;
  /** Runs after everything before it under the same name has ended, in this process. */
  inTurn<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** The next number of a counter, from 1, unique over all processes, with gaps. */
  nextNumber(counter: string): Promise<number>;
  /** Versionstamp of this process's latest commit that changed the log; "" before the first. */
  readonly lastLogVersion: string;
  /** Called after each local commit, before whoever made it goes on. */
  onCommit(listener: (commit: Commit) => void): () => void;
  /** Reads the log after a versionstamp ("" = from its beginning), oldest first. */
  readLog(
    after: string,
    limit: number,
  ): Promise<readonly LogItem[]>;
  /** Versionstamp of the newest log entry of any process; "" while there is none. */
  logHead(): Promise<string>;
  /** Yields when a key may have been written, by any process (KV watch); never on a locked file. */
  watch<T>(key: Key<T>, signal: AbortSignal): AsyncIterable<void>;
  /** Resolves when another process may have written to the log (KV watch); never on a locked file. */
  watchHead(signal: AbortSignal): AsyncIterable<void>;
}

/** What a commit was about. */
export interface Commit {
  /** Its versionstamp when it wrote to the log. */
  readonly log: string | null;
  readonly changes: readonly Change[];
  /** Earliest due time of the jobs it added. */
  readonly jobDueAt: number | null;
}

/** An entry of the log with its place. */
export interface LogItem {
  readonly versionstamp: string;
  readonly entry: LogEntry;
}

/** What the store needs from outside. */
export type StorePorts = Pick<Ports, "clock" | "ids" | "random" | "log">;

/** Everything one commit does. */
export interface Batch {
  readonly checks: readonly Check[];
  readonly writes: readonly Write[];
  /** Becomes one log entry when there are any. */
  readonly changes: readonly Change[];
  /** Earliest due time of the jobs it adds. */
  readonly jobDueAt: number | null;
}
/** What a commit demands of a key. */
export interface Check {
  readonly path: readonly KeyPart[];
  /** Null: the key must not exist. */
  readonly versionstamp: string | null;
}
/** One mutation of a commit. */
export type Write =
  | {
    readonly kind: "set";
    readonly path: readonly KeyPart[];
    readonly value: unknown;
    readonly expireInMs?: number;
  }
  | { readonly kind: "delete"; readonly path: readonly KeyPart[] };
/** Whether a batch was written. */
export type Applied =
  | { readonly ok: true; readonly versionstamp: string }
  /** A check failed; nothing was written. */
  | { readonly ok: false };

/** The unit of work: one command, one commit. Reads inside see the store, not the pending writes. */
export interface Tx {
  readonly now: number;
  /** Reads and adds a version check: the commit fails, and the work runs again, if it changed. */
  get<T>(key: Key<T>): Promise<T | null>;
  /** Reads without a check. */
  read<T>(key: Key<T>): Promise<T | null>;
  /** Lists without checks. */
  list<T>(range: KeyRange<T>, options?: ListOptions): AsyncIterable<Entry<T>>;
  /** The commit fails unless the key is at this versionstamp; running the work again does not help. */
  expect<T>(key: Key<T>, versionstamp: string): void;
  /** Writes under a key that must not exist; the work runs again if it does. */
  insert<T>(key: Key<T>, value: NoInfer<T>, options?: SetOptions): void;
  set<T>(key: Key<T>, value: NoInfer<T>, options?: SetOptions): void;
  delete<T>(key: Key<T>): void;
  /** Adds to this commit's log entry. */
  emit(change: Change): void;
  /** Adds a job; returns where it stands, so that it can be cancelled or moved. */
  job(job: NewJob): JobRef;
  cancelJob(ref: JobRef): void;
  /** Stores bytes (at most 512 KiB per commit, else stage them before) in this commit. */
  blob(bytes: Uint8Array): BlobRef;
  /** Takes a staged blob over: it now lives as long as its owner says. The commit throws when the blob is gone. */
  adopt(ref: BlobRef): void;
  /** Ends a blob together with its owner; the next sweep frees its chunks. */
  dropBlob(id: string): void;
}
/** How long a value is of use. */
export interface SetOptions {
  /** Only cleans up; readers still check their own expiresAt. */
  readonly expireInMs?: number;
}

/** How a command is told from others and which it waits for. */
export interface TransactOptions {
  /** Id of the command: written in the commit, so that a commit whose answer was lost is not run twice. Default: made. */
  readonly command?: string;
  /** Commands under one name, such as a conversation's id, run one after the other in this process. */
  readonly queue?: string;
}

/** Work for later. */
export interface NewJob {
  /** Registered with the job runner. */
  readonly kind: string;
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
  /** Epoch ms. */
  readonly dueAt: number;
  /** Default: made. One job per (dueAt, id). */
  readonly id?: string;
  /** For a job that goes on: what it went through so far. */
  readonly past?: Pick<Job, "attempts" | "firstDueAt" | "lastError">;
}
/** Where a job stands in the table. */
export interface JobRef {
  readonly id: string;
  readonly dueAt: number;
}
/** Work for later, as it lies in the table. */
export interface Job extends JobRef {
  readonly kind: string;
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
  /** Runs that were started. */
  readonly attempts: number;
  /** When it was first due. */
  readonly firstDueAt: number;
  /** Owner token while leased; `dueAt` is then the lease's deadline. Still set when found due = its owner died. */
  readonly lease: string | null;
  readonly lastError: string | null;
}

/** A blob and how large it is. */
export interface BlobRef {
  readonly id: string;
  /** Bytes. */
  readonly size: number;
}

/** Large values in chunks, each blob with one owner. */
export interface Blobs {
  /** Writes a blob that is deleted after a day unless a commit adopts it. Fails with too_large past `maxBytes`. */
  stage(
    bytes: Uint8Array | ReadableStream<Uint8Array>,
    options?: { readonly maxBytes?: number },
  ): Promise<BlobRef | { readonly code: "too_large" }>;
  /** Null when there is none. `end` exclusive. */
  read(
    id: string,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Uint8Array<ArrayBuffer> | null>;
  stream(
    id: string,
    range?: { readonly start: number; readonly end: number },
  ): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Deletes dropped blobs, and blobs staged before `before` (at least 26 h ago) and never adopted; returns how many. */
  sweep(before: number): Promise<number>;
}

/** Encryption and signatures with keys derived from PARLEY_SECRET by purpose. Old secrets still open and verify. */
export interface Vault {
  seal(purpose: string, text: string): Promise<Sealed>;
  /** Null when no key opens it. */
  open(purpose: string, sealed: Sealed): Promise<string | null>;
  /** HMAC-SHA256 with the newest key. */
  mac(purpose: string, text: string): Promise<Uint8Array<ArrayBuffer>>;
  /** HMACs with every key, newest first: a signature may be from before a rotation. */
  macs(purpose: string, text: string): Promise<readonly Uint8Array<ArrayBuffer>[]>;
  /** Proves which secret this database belongs to without telling it. */
  fingerprint(): Promise<string>;
}
