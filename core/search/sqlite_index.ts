/** The full-text index in SQLite's FTS5: words are cut and stemmed before, so SQLite only keeps lists of them. */
import type { SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import type { Ports } from "../ports.ts";
import type {
  FindOptions,
  IndexChange,
  IndexedContact,
  IndexedConversation,
  IndexedMessage,
  IndexHit,
  IndexQuery,
  SearchIndex,
} from "./index_port.ts";
import { openFile, removeFiles, type SqliteHandles } from "./sqlite_file.ts";
import { PER_MS, selectOf } from "./sqlite_select.ts";
import { stemsOf } from "./stems.ts";
import { wordsOf } from "./words.ts";

/** Of one text. What stands behind is not found: nobody writes so much, programs do. */
const MAX_WORDS = 20_000;
/** Rows between two looks at the clock, and how long others may wait for a search, in ms. */
const ROWS_AT_ONCE = 128;
const TURN_MS = 8;

type IndexPorts = Pick<Ports, "breathe" | "clock">;

/**
 * Opens the index of a file, or makes it; what another version of Parley wrote is thrown away, and so is what is no index.
 * @param path of the file; ":memory:" for none
 */
export function openSqliteIndex(path: string, ports: IndexPorts): SearchIndex {
  return new SqliteIndex(path, ports);
}

class SqliteIndex implements SearchIndex {
  readonly #path: string;
  readonly #ports: IndexPorts;
  #db: SqliteHandles;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, ports: IndexPorts) {
    this.#path = path;
    this.#ports = ports;
    this.#db = openFile(path);
  }

  place(): Promise<string | null> {
    const row = this.#prepare("SELECT versionstamp FROM place").get();
    return Promise.resolve(typeof row?.versionstamp === "string" ? row.versionstamp : null);
  }

  // deno-lint-ignore require-await -- SQLite answers at once; an index elsewhere will not
  async apply(changes: readonly IndexChange[], place?: string): Promise<void> {
    const { writer } = this.#db;
    writer.exec("BEGIN IMMEDIATE");
    try {
      for (const change of changes) this.#apply(change);
      if (place !== undefined) this.#run("INSERT OR REPLACE INTO place VALUES (1, ?)", place);
      writer.exec("COMMIT");
    } catch (error) {
      writer.exec("ROLLBACK");
      throw error;
    }
  }

  // deno-lint-ignore require-await -- as above
  async clear(): Promise<void> {
    this[Symbol.dispose]();
    removeFiles(this.#path);
    this.#db = openFile(this.#path);
  }

  async find(query: IndexQuery, options: FindOptions): Promise<readonly IndexHit[]> {
    const { skip, limit, signal } = options;
    const { clock, breathe } = this.#ports;
    const { sql, values } = selectOf(query);
    const seen = new Set<unknown>();
    const hits: IndexHit[] = [];
    let rows = 0;
    let turnEndsAt = clock.now() + TURN_MS;
    // A statement of its own: others may run while this one waits.
    for (const row of this.#db.reader.prepare(sql).iterate(...values)) {
      if (!seen.has(row.conversation_id)) {
        seen.add(row.conversation_id);
        if (seen.size > skip) hits.push(hitOf(row));
        if (hits.length === limit) break;
      }
      if (++rows % ROWS_AT_ONCE === 0 && clock.now() >= turnEndsAt) {
        await breathe();
        signal?.throwIfAborted();
        turnEndsAt = clock.now() + TURN_MS;
      }
    }
    return hits;
  }

  count(): Promise<number> {
    const row = this.#db.reader.prepare("SELECT count(*) AS count FROM conversation").get();
    return Promise.resolve(Number(row?.count ?? 0));
  }

  // deno-lint-ignore require-await -- as above
  async findContacts(words: readonly string[], limit: number): Promise<readonly string[]> {
    if (words.length === 0) return [];
    const match = words.map((word) => `"${word}" *`).join(" AND ");
    const found = this.#db.reader.prepare(
      `SELECT id FROM contact_words CROSS JOIN contact ON contact.rid = contact_words.rowid
      WHERE contact_words MATCH ? ORDER BY contact_words.rowid DESC LIMIT ?`,
    ).all(match, limit);
    return found.map(({ id }) => String(id));
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    const { reader, writer } = this.#db;
    // A core that is stopped twice closes it twice.
    if (!writer.isOpen) return;
    if (reader !== writer) reader.close();
    writer.close();
  }

  #apply(change: IndexChange): void {
    switch (change.kind) {
      case "conversation":
        return this.#putConversation(change.conversation);
      case "conversation_gone":
        return this.#dropConversation(change.conversationId);
      case "message":
        return this.#putMessage(change.message);
      case "message_gone":
        return this.#dropMessage(change.messageId);
      case "contact":
        return this.#putContact(change.contact);
      case "contact_gone":
        return this.#dropContact(change.contactId);
    }
    change satisfies never;
  }

  #putConversation(conversation: IndexedConversation): void {
    const { id, number, inboxId, channelId, contactId, status, assigneeId, tags, lastMessageAt } =
      conversation;
    this.#run(
      `INSERT INTO conversation (id, number, inbox_id, channel_id, contact_id, status, assignee_id, last_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET number = excluded.number,
      inbox_id = excluded.inbox_id, channel_id = excluded.channel_id, contact_id = excluded.contact_id,
      status = excluded.status, assignee_id = excluded.assignee_id, last_at = excluded.last_at`,
      ...[id, number, inboxId, channelId, contactId, status, assigneeId, lastMessageAt],
    );
    const rid = this.#rid("conversation", id);
    this.#run("DELETE FROM tag WHERE conversation = ?", rid);
    for (const tag of new Set(tags)) this.#run("INSERT INTO tag VALUES (?, ?)", rid, tag);
  }

  #dropConversation(id: string): void {
    const rid = this.#rid("conversation", id);
    if (rid === null) return;
    this.#run(
      "DELETE FROM words WHERE rowid IN (SELECT rid FROM message WHERE conversation = ?)",
      rid,
    );
    this.#run("DELETE FROM message WHERE conversation = ?", rid);
    this.#run("DELETE FROM tag WHERE conversation = ?", rid);
    this.#run("DELETE FROM conversation WHERE rid = ?", rid);
  }

  #putMessage(message: IndexedMessage): void {
    const conversation = this.#rid("conversation", message.conversationId);
    if (conversation === null) {
      throw new Error(`Cannot index "${message.id}": its conversation is not there`);
    }
    this.#dropMessage(message.id);
    const rid = this.#freeRid(message.at);
    this.#run(
      "INSERT INTO message VALUES (?, ?, ?, ?)",
      rid,
      message.id,
      conversation,
      message.seq,
    );
    this.#run(
      `INSERT INTO words (rowid, subject, sender, recipients, body, files, stems, facets)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      rid,
      ...columnsOf(message),
    );
  }

  #dropMessage(id: string): void {
    const rid = this.#rid("message", id);
    if (rid === null) return;
    this.#run("DELETE FROM words WHERE rowid = ?", rid);
    this.#run("DELETE FROM message WHERE rid = ?", rid);
  }

  /** At the end: who changed last is found first. */
  #putContact({ id, text }: IndexedContact): void {
    this.#dropContact(id);
    this.#run("INSERT INTO contact (id) VALUES (?)", id);
    const words = wordList(text).join(" ");
    this.#run(
      "INSERT INTO contact_words (rowid, text) VALUES (?, ?)",
      this.#rid("contact", id),
      words,
    );
  }

  #dropContact(id: string): void {
    const rid = this.#rid("contact", id);
    if (rid === null) return;
    this.#run("DELETE FROM contact_words WHERE rowid = ?", rid);
    this.#run("DELETE FROM contact WHERE rid = ?", rid);
  }

  #rid(table: "conversation" | "message" | "contact", id: string): number | null {
    const row = this.#prepare(`SELECT rid FROM ${table} WHERE id = ?`).get(id);
    return row === undefined ? null : Number(row.rid);
  }

  /** Rids follow time, so that the newest is found first. */
  #freeRid(at: number): number {
    const first = at * PER_MS;
    const taken = this.#prepare("SELECT rid FROM message WHERE rid = ?");
    const last = this.#prepare("SELECT max(rid) AS rid FROM message WHERE rid >= ? AND rid < ?")
      .get(first, first + PER_MS)?.rid;
    let rid = typeof last === "number" ? last + 1 : first;
    while (taken.get(rid) !== undefined) rid++;
    return rid;
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.writer.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function columnsOf(message: IndexedMessage): string[] {
  const body = wordList(message.text);
  const subject = wordList(message.subject);
  const stems = new Set([...subject, ...body].flatMap(stemsOf));
  return [
    subject,
    wordList(message.from),
    wordList(message.to),
    body,
    wordList(message.files),
    [...stems],
    ["any", ...message.facets],
  ].map((words) => words.join(" "));
}

function wordList(text: string): string[] {
  return [...wordsOf(text).take(MAX_WORDS).map(({ word }) => word)];
}

function hitOf(row: Readonly<Record<string, SQLOutputValue>>): IndexHit {
  return {
    conversationId: String(row.conversation_id),
    messageId: String(row.message_id),
    seq: Number(row.seq),
    at: Math.floor(Number(row.rid) / PER_MS),
  };
}
