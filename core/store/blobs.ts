/** Values over 48 KiB: chunks with a size in front, each blob with exactly one owner. */
import { keys } from "./keys.ts";
import type { BlobRef, Blobs, Key, KeyPart, Reader, Store, Write } from "./types.ts";

/** Bytes of every chunk but the last: a range is found without reading what is before it. */
export const CHUNK_BYTES = 60 * 1024;
/** Bytes `tx.blob` takes, so that the rest of the commit has room. */
export const MAX_BLOB_IN_COMMIT_BYTES = 512 * 1024;
/** How long a blob may stay without an owner: the 24 h an upload is good for, and room for a slow one and for clocks. */
export const STAGED_MS = 26 * 3_600_000;
const CHUNKS_PER_COMMIT = 12;
const KEYS_PER_COMMIT = 500;

/** Blobs of a store. @param store what its reads and commits go through */
export function createBlobs(
  store: Pick<Store, "apply" | "ports" | "list" | "listPage"> & Pick<Reader, "get" | "getMany">,
): Blobs {
  return {
    async stage(source, options = {}) {
      const maxBytes = options.maxBytes ?? Infinity;
      const id = store.ports.ids.next("blb");
      // First of all, so that a crash leaves nothing the sweep does not know.
      await write([set(keys.stagedBlob(id), store.ports.clock.now())]);
      let size = 0;
      let chunks = 0;
      let batch: Write[] = [];
      try {
        for await (const chunk of rechunk(source, maxBytes)) {
          size += chunk.byteLength;
          batch.push(set(keys.blobChunk(id, chunks++), chunk));
          if (batch.length < CHUNKS_PER_COMMIT) continue;
          await write(batch);
          batch = [];
        }
      } catch (cause) {
        await write([set(keys.stagedBlob(id), 0)]);
        if (cause instanceof TooLargeError) return { code: "too_large" };
        throw cause;
      }
      // The size comes last: a blob with a size is whole.
      await write([...batch, set(keys.blobMeta(id), { size, chunks })]);
      return { id, size };
    },
    read,
    stream(id, range) {
      const parts = pieces(id, range);
      return new ReadableStream<Uint8Array<ArrayBuffer>>({
        async pull(controller) {
          const { done, value } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        async cancel() {
          await parts.return(undefined);
        },
      }, { highWaterMark: 0 });
    },
    async sweep(before) {
      const limit = Math.min(before, store.ports.clock.now() - STAGED_MS);
      let swept = 0;
      for await (const mark of store.list(keys.stagedBlobs())) {
        const id = mark.path.at(-1);
        if (typeof id !== "string" || (mark.value !== 0 && mark.value >= limit)) continue;
        if (await sweepOne(id, mark)) swept++;
      }
      return swept;
    },
  };

  async function read(id: string, range?: { readonly start: number; readonly end: number }) {
    const meta = await store.get(keys.blobMeta(id));
    if (meta === null) return null;
    const { start, end } = clamp(meta.size, range);
    const bytes = new Uint8Array(end - start);
    let offset = 0;
    for await (const piece of pieces(id, range)) {
      bytes.set(piece, offset);
      offset += piece.byteLength;
    }
    return bytes;
  }

  /** The chunks of a range, cut to it; throws when the blob is not there or ends early. */
  async function* pieces(
    id: string,
    range?: { readonly start: number; readonly end: number },
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    const meta = await store.get(keys.blobMeta(id));
    if (meta === null) throw new Error(`Cannot read blob ${JSON.stringify(id)}: it does not exist`);
    const { start, end } = clamp(meta.size, range);
    const last = Math.ceil(end / CHUNK_BYTES);
    for (let n = Math.floor(start / CHUNK_BYTES); n < last && start < end; n += CHUNKS_PER_READ) {
      const numbers = Array.from({ length: Math.min(CHUNKS_PER_READ, last - n) }, (_, i) => n + i);
      const chunks = await store.getMany(numbers.map((i) => keys.blobChunk(id, i)));
      for (const [i, chunk] of chunks.entries()) {
        if (chunk === null) {
          throw new Error(`Cannot read blob ${JSON.stringify(id)}: chunk ${n + i} is missing`);
        }
        const offset = (n + i) * CHUNK_BYTES;
        yield new Uint8Array(chunk.slice(Math.max(start - offset, 0), end - offset));
      }
    }
  }

  async function sweepOne(
    id: string,
    mark: { readonly path: readonly KeyPart[]; readonly versionstamp: string },
  ): Promise<boolean> {
    // Nobody reads a blob without a size, so the chunks may go one batch after the other.
    const hidden = await store.apply({
      checks: [{ path: mark.path, versionstamp: mark.versionstamp }],
      writes: [set(keys.stagedBlob(id), 0), remove(keys.blobMeta(id))],
      changes: [],
      jobDueAt: null,
    });
    if (!hidden.ok) return false;
    while (true) {
      const page = await store.listPage(keys.blobChunks(id), { limit: KEYS_PER_COMMIT });
      const isLast = page.next === null;
      await write([
        ...page.items.map(({ path }): Write => ({ kind: "delete", path })),
        ...(isLast ? [remove(keys.stagedBlob(id))] : []),
      ]);
      if (isLast) return true;
    }
  }

  async function write(writes: readonly Write[]): Promise<void> {
    await store.apply({ checks: [], writes, changes: [], jobDueAt: null });
  }
}

/** The writes of a small blob, for the commit that owns it. */
export function blobWrites(id: string, bytes: Uint8Array): readonly Write[] {
  const writes: Write[] = [];
  for (let offset = 0; offset < bytes.byteLength; offset += CHUNK_BYTES) {
    const chunk = bytes.slice(offset, offset + CHUNK_BYTES);
    writes.push(set(keys.blobChunk(id, writes.length), chunk));
  }
  return [...writes, set(keys.blobMeta(id), { size: bytes.byteLength, chunks: writes.length })];
}

/** Where the owner of a blob stands that no commit has taken over, or that was dropped. */
export function stagedProblem(ref: BlobRef, stagedAt: number | null, now: number): string | null {
  if (stagedAt === null) return `Cannot adopt blob ${JSON.stringify(ref.id)}: it is not staged`;
  // An hour before the sweep may come, whatever the difference of two clocks.
  if (stagedAt <= now - STAGED_MS + 3_600_000) {
    return `Cannot adopt blob ${JSON.stringify(ref.id)}: it was staged too long ago`;
  }
  return null;
}

const CHUNKS_PER_READ = 10;

class TooLargeError extends Error {}

/** The source in pieces of CHUNK_BYTES; the last may be shorter. */
async function* rechunk(
  source: Uint8Array | ReadableStream<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let buffer = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  let total = 0;
  for await (const piece of source instanceof Uint8Array ? [source] : source) {
    total += piece.byteLength;
    if (total > maxBytes) throw new TooLargeError();
    for (let offset = 0; offset < piece.byteLength;) {
      const part = piece.subarray(offset, offset + CHUNK_BYTES - filled);
      buffer.set(part, filled);
      filled += part.byteLength;
      offset += part.byteLength;
      if (filled < CHUNK_BYTES) continue;
      yield buffer;
      buffer = new Uint8Array(CHUNK_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield buffer.slice(0, filled);
}

function clamp(size: number, range?: { readonly start: number; readonly end: number }) {
  const end = Math.max(0, Math.min(range?.end ?? size, size));
  return { start: Math.min(Math.max(range?.start ?? 0, 0), end), end };
}

function set<T>(key: Key<T>, value: T): Write {
  return { kind: "set", path: key.path, value };
}

function remove<T>(key: Key<T>): Write {
  return { kind: "delete", path: key.path };
}
