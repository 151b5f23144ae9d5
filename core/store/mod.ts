/**
 * The store: the only folder that touches Deno KV. It owns keys, the unit of work, blobs, secrets,
 * migrations and the file lock, and knows nothing of what the records mean.
 *
 * One flow: `openStore` → `transact(store, async (tx) => …)` → one atomic commit holding records, the
 * log entry and follow-up jobs → `store.onCommit` tells the hub and the job runner.
 */
export { CHUNK_BYTES, MAX_BLOB_IN_COMMIT_BYTES, STAGED_MS } from "./blobs.ts";
export { BulkWriter } from "./bulk_writer.ts";
export { BadCursorError } from "./cursor.ts";
export { keys } from "./keys.ts";
export { comparePaths, pathId } from "./key_path.ts";
export { MAX_VALUE_BYTES } from "./limits.ts";
export { openStore, type OpenStoreError, type OpenStoreOptions } from "./open_store.ts";
export { readerOf } from "./reader.ts";
export type * from "./records.ts";
export { storedBytes } from "./stored_bytes.ts";
export { transact } from "./transact.ts";
export type * from "./types.ts";
export { createVault, type Secrets } from "./vault.ts";
