/** Cursors of the log as clients hold them: `<versionstamp>.<n>`, n counting the changes of one commit. */

export interface LogCursor {
  /** Versionstamp of the commit. */
  readonly versionstamp: string;
  /** How many of its changes were seen; null: all of them. */
  readonly seen: number | null;
}

/** Before the first commit of a database. */
export const LOG_START = "0".repeat(20);

/** The cursor after change number `n`, from 0, of a commit. */
export function formatCursor(versionstamp: string, n: number): string {
  return `${versionstamp}.${n}`;
}

/** Reads a cursor; also a bare versionstamp, which is after all changes of its commit. Null when it is none. */
export function parseCursor(text: string): LogCursor | null {
  const [, versionstamp, n] = /^([0-9a-f]{20})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (versionstamp === undefined) return null;
  return { versionstamp, seen: n === undefined ? null : Number(n) + 1 };
}
