import type { SQLInputValue } from "node:sqlite";
import type { ConversationFilter, IndexQuery } from "./index_port.ts";

/** A condition in SQL with the values of its places. */
export interface SqlPart {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

const COLUMNS = {
  status: "c.status",
  channelId: "c.channel_id",
  inboxId: "c.inbox_id",
  assigneeId: "c.assignee_id",
  contactId: "c.contact_id",
  number: "c.number",
} as const;

/** What a query asks of the conversation `c`. */
export function whereOf({ inboxIds, where }: Pick<IndexQuery, "inboxIds" | "where">): SqlPart {
  const parts = where.map(filterOf);
  if (inboxIds !== undefined) {
    parts.push(filterOf({ field: "inboxId", values: inboxIds, isNot: false }));
  }
  return {
    sql: parts.map(({ sql }) => `(${sql})`).join(" AND ") || "1",
    values: parts.flatMap(({ values }) => values),
  };
}

function filterOf({ field, values, isNot }: ConversationFilter): SqlPart {
  const named = values.filter((value) => value !== null);
  const list = `(${named.map(() => "?").join(", ")})`;
  const without = isNot ? "NOT " : "";
  if (field === "tag") {
    const has = `SELECT 1 FROM tag WHERE conversation = c.rid`;
    const parts = [`EXISTS (${has} AND tag IN ${list})`];
    if (values.includes(null)) parts.push(`NOT EXISTS (${has})`);
    return { sql: `${without}(${parts.join(" OR ")})`, values: named };
  }
  const column = COLUMNS[field];
  // Null is in no list: said apart, so that "not Ana's" holds for what is nobody's.
  const isListed = `ifnull(${column} IN ${list}, 0)`;
  const sql = values.includes(null) ? `(${isListed} OR ${column} IS NULL)` : isListed;
  return { sql: without + sql, values: named };
}
