/** What a tag, a length and the padding before two-byte characters take at most. */
const HEAD = 8;
const NUMBER = 9;
/** Begin, end and count of a list or record. */
const FRAME = 10;

/**
 * Bytes a value of plain data takes in the database: at least what it really does, and at most a few for each part
 * more. Counted rather than written out, since every message asks.
 */
export function storedBytes(value: unknown): number {
  if (typeof value === "string") return HEAD + charactersOf(value);
  if (typeof value === "number") return NUMBER;
  if (typeof value !== "object" || value === null) {
    return typeof value === "bigint" ? 2 * HEAD + value.toString(16).length : 1;
  }
  if (value instanceof Uint8Array) return HEAD + value.byteLength;
  let bytes = FRAME;
  if (Array.isArray(value)) {
    for (const one of value) bytes += storedBytes(one);
    return bytes;
  }
  for (const [name, one] of Object.entries(value)) bytes += storedBytes(name) + storedBytes(one);
  return bytes;
}

/** V8 takes one byte a character while all of them are Latin-1, else two for each. */
function charactersOf(text: string): number {
  // deno-lint-ignore no-control-regex -- all of Latin-1 on purpose
  return /^[\u0000-\u00ff]*$/.test(text) ? text.length : text.length * 2;
}
