/** The file of the index, opened or made. */
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** Another one is built anew: the index is a copy. */
const FORMAT = 1;

const SCHEMA = `
  CREATE TABLE place (one INTEGER PRIMARY KEY CHECK (one = 1), versionstamp TEXT);
  CREATE TABLE conversation (
    rid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number INTEGER NOT NULL, inbox_id TEXT NOT NULL,
    channel_id TEXT NOT NULL, contact_id TEXT NOT NULL, status TEXT NOT NULL, assignee_id TEXT, last_at INTEGER NOT NULL
  );
  CREATE INDEX conversation_last_at ON conversation (last_at);
  CREATE INDEX conversation_number ON conversation (number);
  CREATE TABLE tag (conversation INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (conversation, tag)) WITHOUT ROWID;
  CREATE TABLE message (
    rid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation INTEGER NOT NULL, seq INTEGER NOT NULL
  );
  CREATE INDEX message_conversation ON message (conversation, rid);
  CREATE VIRTUAL TABLE words USING fts5 (
    subject, sender, recipients, body, files, stems, facets,
    content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
  );
  CREATE TABLE contact (rid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE);
  CREATE VIRTUAL TABLE contact_words USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
  );
`;

/** One that writes and one that reads: a search that waits for its turn sees what was there when it began. */
export interface SqliteHandles {
  readonly writer: DatabaseSync;
  readonly reader: DatabaseSync;
}

/** Throws away what another version of Parley wrote, and what is no index. */
export function openFile(path: string): SqliteHandles {
  let writer = new DatabaseSync(path);
  if (!isOurs(writer)) {
    writer.close();
    removeFiles(path);
    writer = new DatabaseSync(path);
  }
  // What a crash takes away is read again from the log.
  writer.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  if (formatOf(writer) === 0) {
    writer.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${FORMAT}; COMMIT;`);
  }
  const reader = path === ":memory:" ? writer : new DatabaseSync(path, { readOnly: true });
  return { writer, reader };
}

/** New, or of this format. */
function isOurs(db: DatabaseSync): boolean {
  try {
    const format = formatOf(db);
    const tables = db.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.n;
    return format === FORMAT || (format === 0 && tables === 0);
  } catch {
    return false;
  }
}

function formatOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.user_version);
}

/** And with them all that is known. */
export function removeFiles(path: string): void {
  if (path === ":memory:") return;
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
}
