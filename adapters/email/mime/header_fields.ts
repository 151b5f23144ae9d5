/** One header field: name in lower case, value unfolded, encoded words still encoded. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** What {@link readHeader} found. */
export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** Offset of the first byte of the body. */
  readonly bodyStart: number;
  /** Bytes of header read or skipped. */
  readonly size: number;
}

const LF = 10;
const CR = 13;
const MAX_FIELDS = 1_000;
const FIELD_NAME = /^[!-9;-~]+$/;

/**
 * Reads the header of a mail or of one of its parts, in time linear in its length.
 * Lines that are neither a field nor its continuation are skipped; when the first line is one, there is no header.
 * @param maxBytes what of the header is looked at; the rest is skipped up to the blank line
 * @param endsHeader tells a line that ends the header without a blank one (a boundary)
 */
export function readHeader(
  bytes: Uint8Array,
  start: number,
  maxBytes: number,
  endsHeader: (lineStart: number, lineEnd: number) => boolean,
): HeaderBlock {
  const fields: { name: string; pieces: string[] }[] = [];
  let at = start;
  let isFirst = true;
  let current: { name: string; pieces: string[] } | null = null;

  while (at < bytes.length) {
    const { end, next } = lineAt(bytes, at);
    if (end === at) return block(fields, next, next - start);
    if (endsHeader(at, end)) return block(fields, at, at - start);
    const isContinuation = bytes[at] === 32 || bytes[at] === 9;
    if (at - start > maxBytes || fields.length > MAX_FIELDS) {
      at = next;
      continue;
    }
    const line = decodeHeaderBytes(bytes.subarray(at, end));
    if (isContinuation && current) {
      current.pieces.push(line);
    } else {
      const colon = line.indexOf(":");
      const name = colon > 0 ? line.slice(0, colon).trimEnd() : "";
      if (FIELD_NAME.test(name)) {
        current = { name: name.toLowerCase(), pieces: [line.slice(colon + 1)] };
        fields.push(current);
      } else if (isFirst && !line.startsWith("From ")) {
        return { fields: [], bodyStart: start, size: 0 };
      } else {
        current = null;
      }
    }
    isFirst = false;
    at = next;
  }
  return block(fields, bytes.length, bytes.length - start);
}

/** The first field of that name, or null. */
export function fieldValue(fields: readonly HeaderField[], name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}

/** All fields of that name, in order. */
export function fieldValues(fields: readonly HeaderField[], name: string): readonly string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}

/** Where a line ends, without its line break, and where the next one starts. */
export function lineAt(bytes: Uint8Array, start: number): { end: number; next: number } {
  const feed = bytes.indexOf(LF, start);
  if (feed < 0) return { end: trimCarriageReturns(bytes, start, bytes.length), next: bytes.length };
  return { end: trimCarriageReturns(bytes, start, feed), next: feed + 1 };
}

function trimCarriageReturns(bytes: Uint8Array, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && bytes[trimmed - 1] === CR) trimmed--;
  return trimmed;
}

function block(
  fields: readonly { name: string; pieces: readonly string[] }[],
  bodyStart: number,
  size: number,
): HeaderBlock {
  return {
    fields: fields.map(({ name, pieces }) => ({ name, value: unfold(pieces) })),
    bodyStart,
    size,
  };
}

/** Joins folded lines; control characters, which no header may hold, are taken out. */
function unfold(pieces: readonly string[]): string {
  // deno-lint-ignore no-control-regex -- control characters are exactly what is removed
  return pieces.join("").replace(/\t/g, " ").replace(/[\u0000-\u001f\u007f]/g, "").trim();
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder("windows-1252");

/** Headers should be ASCII; raw UTF-8 is taken as such, anything else as the Western default. */
function decodeHeaderBytes(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}
