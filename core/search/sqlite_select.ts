import { ftsMatch } from "./fts_match.ts";
import type { IndexQuery } from "./index_port.ts";
import { type SqlPart, whereOf } from "./sql_where.ts";

/** Rowids follow time: so many fit into a millisecond. */
export const PER_MS = 1_024;

/** Gives rows of `message_id`, `seq`, `rid` and `conversation_id`, the newest first. */
export function selectOf(query: IndexQuery): SqlPart {
  const match = ftsMatch(query);
  const from = (query.sinceAt ?? 0) * PER_MS;
  const to = query.beforeAt === null ? Number.MAX_SAFE_INTEGER : query.beforeAt * PER_MS;
  const where = whereOf(query);
  const columns = "m.id AS message_id, m.seq AS seq, m.rid AS rid, c.id AS conversation_id";
  // CROSS JOIN keeps the order of the tables: the newest words first, until there are enough.
  if (match !== null) {
    return {
      sql: `SELECT ${columns} FROM words CROSS JOIN message m ON m.rid = words.rowid
        CROSS JOIN conversation c ON c.rid = m.conversation
        WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ? AND ${where.sql} ORDER BY words.rowid DESC`,
      values: [match, from, to, ...where.values],
    };
  }
  return {
    sql: `SELECT ${columns} FROM conversation c CROSS JOIN message m ON m.rid =
        (SELECT max(rid) FROM message WHERE conversation = c.rid AND rid >= ? AND rid < ?)
      WHERE ${where.sql} ORDER BY c.last_at DESC, c.rid DESC`,
    values: [from, to, ...where.values],
  };
}
