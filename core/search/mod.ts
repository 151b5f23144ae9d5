/**
 * Search: finds conversations, messages and contacts by words and filters. Owns the index, how words are cut and compared,
 * and what may be typed; the records stay the truth, and the index can be thrown away at any time.
 * Two flows: the log's entries → the records as they are → the index; what was typed → words and filters → the index → the
 * records, as far as the caller may read them.
 * @module
 */
export type { SearchIndex } from "./index_port.ts";
export { Indexer, type IndexerOptions } from "./indexer.ts";
export type { MarkedText } from "./marked_text.ts";
export {
  createSearch,
  type Search,
  type SearchHit,
  type SearchPage,
  type SearchQuery,
} from "./search.ts";
export { openSqliteIndex } from "./sqlite_index.ts";
export { removeFiles as removeIndexFiles } from "./sqlite_file.ts";
