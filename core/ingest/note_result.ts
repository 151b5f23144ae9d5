import { type Store, transact } from "../store/mod.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";

/** Ends an event of which nothing is stored but what the caller adds (the journal's state). */
export async function noteResult(
  store: Store,
  { also }: IngestOptions,
  result: IngestResult,
): Promise<IngestResult> {
  if (also !== undefined) {
    await transact(store, (tx) => {
      also(tx, result);
      return Promise.resolve();
    });
  }
  return result;
}
