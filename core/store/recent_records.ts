/** Records this process has just read or written: whoever asks again need not go to the file. */
import { pathId } from "./key_path.ts";
import type { Entry, KeyPart, Write } from "./types.ts";

/** By first part of their keys: small, asked for with every message, and never written with an expiry. */
const KINDS: ReadonlySet<KeyPart> = new Set([
  "conversation",
  "live",
  "contact",
  "identity",
  "inbox",
  "channel",
]);
const MAX_RECORDS = 4_000;

/** An entry; null where the file holds nothing. */
type Known = Entry<unknown> | null;

/** A commit on its way, over the records it writes. */
export interface Writing {
  /** It was written: what it wrote is known from now on. */
  landed(versionstamp: string): void;
  /** It was refused, or nobody knows: the records are read again. */
  failed(): void;
}

/**
 * The latest state of a few thousand records. It is right as long as nobody else writes to the file, which its lock
 * ensures: what a commit in flight writes is unknown until it has landed, and a read that overlaps it is not kept.
 *
 * Everybody is given the same object, so nobody may change one.
 */
export class RecentRecords {
  /** By path, the longest known first. A symbol stands for a read that is under way. */
  readonly #records = new Map<string, Known | symbol>();
  /** How many commits in flight write a record. */
  readonly #writers = new Map<string, { count: number; isContested: boolean }>();
  readonly #maxRecords: number;
  readonly #isFrozen: boolean;

  /** @param options `isFrozen`: whoever changes a record gets an error; for tests */
  constructor(options: { readonly isFrozen?: boolean; readonly maxRecords?: number } = {}) {
    this.#isFrozen = options.isFrozen ?? false;
    this.#maxRecords = options.maxRecords ?? MAX_RECORDS;
  }

  /** Reads a record from here, else by `read`. */
  async find(
    path: readonly KeyPart[],
    read: (path: readonly KeyPart[]) => Promise<Known>,
  ): Promise<Known> {
    if (!isKept(path)) return await read(path);
    const id = pathId(path);
    const known = this.#records.get(id);
    if (known !== undefined && typeof known !== "symbol") return known;
    if (this.#writers.has(id)) return await read(path);
    const reading = Symbol(id);
    this.#put(id, reading);
    const found = await read(path);
    // Another symbol, or none: somebody wrote it meanwhile, and this may be older.
    if (this.#records.get(id) === reading) this.#put(id, found);
    return found;
  }

  /** To be called before a commit begins. */
  write(writes: readonly Write[]): Writing {
    const kept = writes.filter(({ path }) => isKept(path))
      .map((write) => ({ id: pathId(write.path), write }));
    for (const { id } of kept) {
      this.#records.delete(id);
      const writer = this.#writers.get(id);
      if (writer === undefined) this.#writers.set(id, { count: 1, isContested: false });
      else {
        writer.count++;
        // Which of the two is the last to land is not told by who answers last.
        writer.isContested = true;
      }
    }
    const end = (know: (id: string, write: Write) => void) => {
      for (const { id, write } of kept) {
        const writer = this.#writers.get(id);
        if (writer === undefined || --writer.count > 0) continue;
        this.#writers.delete(id);
        if (!writer.isContested) know(id, write);
      }
    };
    return {
      landed: (versionstamp) => end((id, write) => this.#put(id, after(write, versionstamp))),
      failed: () => end(() => {}),
    };
  }

  #put(id: string, record: Known | symbol): void {
    if (this.#isFrozen) deepFreeze(record);
    this.#records.delete(id);
    this.#records.set(id, record);
    if (this.#records.size <= this.#maxRecords) return;
    for (const oldest of this.#records.keys()) {
      this.#records.delete(oldest);
      break;
    }
  }
}

function isKept(path: readonly KeyPart[]): boolean {
  const [kind] = path;
  return kind !== undefined && KINDS.has(kind);
}

function after(write: Write, versionstamp: string): Known {
  return write.kind === "delete" ? null : { path: write.path, value: write.value, versionstamp };
}

function deepFreeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
}
