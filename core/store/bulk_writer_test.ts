import assert from "node:assert/strict";
import { openTestStore } from "../../tests/fakes/store.ts";
import { BulkWriter } from "./bulk_writer.ts";
import { keys } from "./keys.ts";
import type { Batch } from "./types.ts";

Deno.test("BulkWriter writes everything, in commits within the strictest limits, and tells no log", async () => {
  using test = await openTestStore();
  const { store } = test;
  const batches: Batch[] = [];
  const apply = store.apply.bind(store);
  store.apply = (batch) => {
    batches.push(batch);
    return apply(batch);
  };
  const out = new BulkWriter(store);

  for (let i = 0; i < 1_500; i++) {
    out.insert(keys.identity("email", `${i}@example.com`), `con_${i}`);
    await out.flushIfFull();
  }
  const blobs: { readonly id: string }[] = [];
  for (let i = 0; i < 20; i++) {
    blobs.push(out.blob(new Uint8Array(100_000).fill(i)));
    await out.flushIfFull();
  }
  const job = out.job({ kind: "wake", payload: { id: "cnv_1" }, dueAt: 5 });
  out.delete(keys.identity("email", "0@example.com"));
  await out.flush();

  assert.ok(batches.length > 3);
  assert.equal(await store.get(keys.identity("email", "1499@example.com")), "con_1499");
  assert.equal(await store.get(keys.identity("email", "0@example.com")), null);
  for (const [i, { id }] of blobs.entries()) {
    assert.deepEqual(await store.blobs.read(id), new Uint8Array(100_000).fill(i));
  }
  assert.equal((await store.get(keys.job(job.dueAt, job.id)))?.kind, "wake");
  assert.equal(await store.logHead(), "");
});
