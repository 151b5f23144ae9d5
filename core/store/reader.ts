import type { Store, Tx } from "./types.ts";

/** A store to read from where a commit's unit of work is wanted: nothing is checked. */
export function readerOf(store: Pick<Store, "get" | "list">): Pick<Tx, "read" | "list"> {
  return { read: (key) => store.get(key), list: (range, options) => store.list(range, options) };
}
