/** Writes a great deal into a database that nobody reads yet. */
import { blobWrites } from "./blobs.ts";
import { keys } from "./keys.ts";
import type { BlobRef, JobRef, Key, NewJob, Store, Tx, Write } from "./types.ts";

/** Half of what a commit holds: the last record of a batch may be a large one. */
const MUTATIONS = 500;
const BYTES = 400_000;

/**
 * The writing half of {@link Tx} over many commits: no checks, no log, no all-or-nothing. For seeds and restores, before
 * a server runs: what is in memory elsewhere does not hear of it.
 */
export class BulkWriter implements Pick<Tx, "insert" | "set" | "delete" | "job" | "blob"> {
  readonly #store: Pick<Store, "apply" | "ports">;
  #writes: Write[] = [];
  #bytes = 0;

  constructor(store: Pick<Store, "apply" | "ports">) {
    this.#store = store;
  }

  /** Like `set`: that the key is free is for the caller to know. */
  insert<T>(key: Key<T>, value: NoInfer<T>): void {
    this.set(key, value);
  }

  set<T>(key: Key<T>, value: NoInfer<T>): void {
    this.#add({ kind: "set", path: key.path, value });
  }

  delete<T>(key: Key<T>): void {
    this.#add({ kind: "delete", path: key.path });
  }

  job({ kind, payload, dueAt, id = this.#store.ports.ids.next("job") }: NewJob): JobRef {
    this.set(keys.job(dueAt, id), {
      id,
      kind,
      payload,
      dueAt,
      firstDueAt: dueAt,
      attempts: 0,
      lastError: null,
      lease: null,
    });
    return { id, dueAt };
  }

  blob(bytes: Uint8Array): BlobRef {
    const id = this.#store.ports.ids.next("blb");
    for (const write of blobWrites(id, bytes)) this.#add(write);
    return { id, size: bytes.byteLength };
  }

  /** Commits once enough has come together; call it between records. */
  async flushIfFull(): Promise<void> {
    if (this.#writes.length >= MUTATIONS || this.#bytes >= BYTES) await this.flush();
  }

  /** Commits the rest. */
  async flush(): Promise<void> {
    const writes = this.#writes;
    if (writes.length === 0) return;
    this.#writes = [];
    this.#bytes = 0;
    // Without checks nothing can be lost to somebody else.
    await this.#store.apply({ checks: [], writes, changes: [], jobDueAt: null });
  }

  #add(write: Write): void {
    this.#writes.push(write);
    // Only large values need counting: records stay below a few hundred bytes a mutation.
    if (write.kind === "set" && write.value instanceof Uint8Array) {
      this.#bytes += write.value.byteLength;
    }
  }
}
