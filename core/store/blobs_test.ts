import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { openTestStore, type TestStore } from "../../tests/fakes/store.ts";
import { CHUNK_BYTES, MAX_BLOB_IN_COMMIT_BYTES, STAGED_MS } from "./blobs.ts";
import { type BlobRef, keys, transact } from "./mod.ts";

Deno.test("blobs.stage() gives back what it was given, whole and in ranges", async () => {
  using test = await openTestStore();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.nat(3 * CHUNK_BYTES), fc.constantFrom(0, 1, CHUNK_BYTES, 2 * CHUNK_BYTES)),
      fc.nat(3 * CHUNK_BYTES),
      fc.nat(3 * CHUNK_BYTES),
      async (size, start, end) => {
        const bytes = pattern(size);
        const ref = await stage(test, bytes);

        assert.equal(ref.size, size);
        assertBytes(await test.store.blobs.read(ref.id), bytes);
        assertBytes(await test.store.blobs.read(ref.id, { start, end }), bytes.slice(start, end));
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("blobs.stage() takes a stream in any pieces, and stream() gives it back", async () => {
  using test = await openTestStore();
  const bytes = pattern(2_500_000);

  const ref = await test.store.blobs.stage(streamOf(bytes, 7_777));

  assert.ok("id" in ref);
  assertBytes(await collect(test.store.blobs.stream(ref.id)), bytes);
  const range = { start: 100_000, end: 1_300_000 };
  assertBytes(
    await collect(test.store.blobs.stream(ref.id, range)),
    bytes.slice(100_000, 1_300_000),
  );
});

Deno.test("blobs.stage() refuses what is too large and leaves nothing behind", async () => {
  using test = await openTestStore();

  const result = await test.store.blobs.stage(streamOf(pattern(1_500_000), 50_000), {
    maxBytes: 1_499_999,
  });

  assert.deepEqual(result, { code: "too_large" });
  assert.equal(await test.store.blobs.sweep(test.ports.clock.now()), 1);
  assert.equal(await countBlobKeys(test), 0);
});

Deno.test("blobs.stage() leaves what a broken stream began to the sweep", async () => {
  using test = await openTestStore();
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(pattern(800_000)),
    pull: (controller) => controller.error(new Error("connection lost")),
  });

  await assert.rejects(test.store.blobs.stage(broken), /connection lost/);

  assert.equal(await test.store.blobs.sweep(test.ports.clock.now()), 1);
  assert.equal(await countBlobKeys(test), 0);
});

Deno.test("blobs.read() knows nothing of an absent blob, and stream() fails", async () => {
  using test = await openTestStore();

  assert.equal(await test.store.blobs.read("blb_absent"), null);
  await assert.rejects(collect(test.store.blobs.stream("blb_absent")), /it does not exist/);
});

Deno.test("blobs.sweep() deletes after 24 h what no commit adopted, not before", async () => {
  using test = await openTestStore();
  const kept = await stage(test, pattern(100_000));
  const lost = await stage(test, pattern(100_000));
  await transact(test.store, (tx) => Promise.resolve(tx.adopt(kept)));

  test.ports.clock.advance(STAGED_MS);
  assert.equal(await test.store.blobs.sweep(test.ports.clock.now()), 0);
  test.ports.clock.advance(1);
  assert.equal(await test.store.blobs.sweep(test.ports.clock.now()), 1);

  assert.equal((await test.store.blobs.read(kept.id))?.byteLength, 100_000);
  assert.equal(await test.store.blobs.read(lost.id), null);
});

Deno.test("two sweeps at once delete a blob once", async () => {
  using test = await openTestStore();
  const ref = await stage(test);
  await transact(test.store, (tx) => Promise.resolve(tx.dropBlob(ref.id)));
  const { blobs } = test.store;

  const counts = await Promise.all([blobs.sweep(0), blobs.sweep(0)]);

  assert.deepEqual(counts.toSorted(), [0, 1]);
  assert.equal(await countBlobKeys(test), 0);
});

Deno.test("tx.adopt() throws for a blob that was swept, adopted before or staged too long ago", async () => {
  using test = await openTestStore();
  const [adopted, swept, old] = [await stage(test), await stage(test), await stage(test)];
  const adopt = (ref: BlobRef) => transact(test.store, (tx) => Promise.resolve(tx.adopt(ref)));
  await adopt(adopted);
  test.ports.clock.advance(STAGED_MS - 3_600_000);
  await assert.rejects(adopt(old), /staged too long ago/);
  test.ports.clock.advance(3_600_001);
  await test.store.blobs.sweep(test.ports.clock.now());

  await assert.rejects(adopt(adopted), /it is not staged/);
  await assert.rejects(adopt(swept), /it is not staged/);
});

Deno.test("tx.blob() stores small blobs in the commit, or not at all", async () => {
  using test = await openTestStore();
  const bytes = pattern(MAX_BLOB_IN_COMMIT_BYTES);

  const ref = await transact(test.store, (tx) => Promise.resolve(tx.blob(bytes)));
  const refused = await transact(test.store, (tx) => {
    return Promise.resolve({ ok: false as const, ref: tx.blob(bytes) });
  });

  assertBytes(await test.store.blobs.read(ref.id), bytes);
  assert.equal(await test.store.blobs.read(refused.ref.id), null);
  await assert.rejects(
    transact(test.store, (tx) => Promise.resolve([tx.blob(bytes), tx.blob(pattern(1))])),
    /524289 bytes in a commit/,
  );
});

Deno.test("tx.dropBlob() hides a blob at once, and the next sweep frees it", async () => {
  using test = await openTestStore();
  const ref = await stage(test, pattern(3_000_000));
  await transact(test.store, (tx) => Promise.resolve(tx.adopt(ref)));

  await transact(test.store, (tx) => Promise.resolve(tx.dropBlob(ref.id)));

  assert.equal(await test.store.blobs.read(ref.id), null);
  assert.equal(await test.store.blobs.sweep(test.ports.clock.now()), 1);
  assert.equal(await countBlobKeys(test), 0);
});

async function stage(test: TestStore, bytes = pattern(10)): Promise<BlobRef> {
  const ref = await test.store.blobs.stage(bytes);
  assert.ok("id" in ref);
  return ref;
}

function pattern(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
}

function streamOf(bytes: Uint8Array, pieceBytes: number): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(offset, offset += pieceBytes));
    },
  });
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function assertBytes(found: Uint8Array | null, expected: Uint8Array): void {
  assert.ok(found && Buffer.from(found).equals(expected));
}

async function countBlobKeys(test: TestStore): Promise<number> {
  const marks = await Array.fromAsync(test.store.list(keys.stagedBlobs()));
  const ids = Array.from({ length: 5 }, (_, i) => `blb_${String(i + 1).padStart(8, "0")}`);
  const chunks = await Promise.all(
    ids.map(async (id) => (await Array.fromAsync(test.store.list(keys.blobChunks(id)))).length),
  );
  return chunks.reduce((sum, count) => sum + count, marks.length);
}
