/** List cursors: opaque to clients, validated when they come back, never reaching outside their range. */
import { decodeBase64Url, encodeBase64Url } from "../encoding.ts";
import { comparePaths } from "./key_path.ts";
import type { KeyPart } from "./types.ts";

/** A cursor that `listPage` did not make. Callers turn it into the core error `invalid`. */
export class BadCursorError extends Error {
  readonly code = "bad_cursor";
  override readonly name = "BadCursorError";
  constructor() {
    super("Cannot continue list: the cursor is not valid");
  }
}

/** The first key of a range, and the first after it. */
export interface Bounds {
  readonly start: readonly KeyPart[];
  readonly end: readonly KeyPart[];
}

/** The cursor after an entry of a range. */
export function encodeCursor(range: Bounds, path: readonly KeyPart[]): string {
  const rest = path.slice(commonLength(range));
  return encodeBase64Url(new TextEncoder().encode(JSON.stringify(rest)));
}

/**
 * What is left of a range after a cursor.
 * @throws BadCursorError
 */
export function rangeAfter(
  range: Bounds,
  cursor: string,
  reverse: boolean,
): Bounds {
  const path = [...range.start.slice(0, commonLength(range)), ...decode(cursor)];
  if (comparePaths(path, range.start) < 0 || comparePaths(path, range.end) >= 0) {
    throw new BadCursorError();
  }
  return reverse
    ? { start: range.start, end: path }
    // The empty byte array is the smallest part: this is the first key after `path`.
    : { start: [...path, new Uint8Array()], end: range.end };
}

function commonLength(range: Bounds): number {
  const differs = range.start.findIndex((part, i) => {
    const other = range.end[i];
    return other === undefined || comparePaths([part], [other]) !== 0;
  });
  return differs < 0 ? range.start.length : differs;
}

function decode(cursor: string): KeyPart[] {
  const bytes = cursor.length <= 2_000 ? decodeBase64Url(cursor) : null;
  if (bytes === null) throw new BadCursorError();
  let parts: unknown;
  try {
    parts = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new BadCursorError();
    throw cause;
  }
  if (!Array.isArray(parts) || parts.length === 0 || !parts.every(isPart)) {
    throw new BadCursorError();
  }
  return parts;
}

function isPart(part: unknown): part is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof part);
}
