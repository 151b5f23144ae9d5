import { joinBytes } from "../core/join_bytes.ts";

/** A mail of a file or folder of mails. */
export interface FoundMail {
  /** Null: larger than the limit, passed over. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** Where it was found: its place in the file, or the name of its file. */
  readonly where: string;
  /** How much of everything is read after it, in the unit of the whole: bytes or files. */
  readonly done: number;
}

/** Longer lines are no separators: they are taken piece by piece. */
const MAX_SEPARATOR_BYTES = 1_000;
const LF = 10;
const FROM = new TextEncoder().encode("From ");
const QUOTE = 0x3e;

/**
 * Mails of an mbox, one at a time. A mail begins at a line "From … 10:00:00 2026" behind an empty line; lines that were
 * quoted because they look like one (">From", ">>From") lose one ">". Line ends stay as they are.
 * @throws Error when it does not begin as an mbox does
 */
export async function* readMbox(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<FoundMail> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let count = 0;
  let isWithin = false;
  let isAfterBlank = true;
  let isMidLine = false;
  let rest = new Uint8Array();
  let done = 0;

  const keep = (piece: Uint8Array) => {
    size += piece.length;
    if (size <= maxBytes) pieces.push(piece);
    else pieces = [];
  };
  const finish = (): FoundMail => {
    const last = pieces.at(-1);
    // The empty line before the next mail belongs to the file.
    if (last !== undefined && isBlank(last)) size -= pieces.pop()?.length ?? 0;
    const bytes = size > maxBytes ? null : joinBytes(pieces);
    pieces = [];
    size = 0;
    return { bytes, where: `mail ${++count}`, done };
  };
  /** A whole line, or a piece of one that is too long. @returns the mail that ended before it */
  const take = (line: Uint8Array): FoundMail | null => {
    const isStart = !isMidLine;
    isMidLine = line.at(-1) !== LF;
    const wasAfterBlank = isAfterBlank;
    isAfterBlank = isStart && isBlank(line);
    if (!isWithin && (!isStart || !startsWith(line, FROM, 0))) {
      if (isAfterBlank) return null;
      throw new Error("it does not begin with a line “From …”: it is no mbox");
    }
    if (!isWithin) {
      isWithin = true;
      return null;
    }
    if (isStart && wasAfterBlank && isSeparator(line)) return finish();
    keep(isStart && isQuotedFrom(line) ? line.subarray(1) : line);
    return null;
  };

  for await (const chunk of source) {
    const data = rest.length === 0 ? chunk : joinBytes([rest, chunk]);
    let at = 0;
    for (let end = data.indexOf(LF); end >= 0; end = data.indexOf(LF, at)) {
      const mail = take(data.subarray(at, end + 1));
      done += end + 1 - at;
      at = end + 1;
      if (mail !== null) yield mail;
    }
    rest = data.slice(at);
    if (rest.length > MAX_SEPARATOR_BYTES) {
      take(rest);
      done += rest.length;
      rest = new Uint8Array();
    }
  }
  if (rest.length > 0) {
    const mail = take(rest);
    done += rest.length;
    if (mail !== null) yield mail;
  }
  if (isWithin) yield finish();
}

function isBlank(line: Uint8Array): boolean {
  return line.length === 1 && line[0] === LF ||
    line.length === 2 && line[0] === 13 && line[1] === LF;
}

function startsWith(line: Uint8Array, start: Uint8Array, from: number): boolean {
  return start.every((byte, i) => line[from + i] === byte);
}

/** "From here on we know" is a sentence; a separator says when the mail came. */
function isSeparator(line: Uint8Array): boolean {
  if (line.length > MAX_SEPARATOR_BYTES || !startsWith(line, FROM, 0)) return false;
  return /\s\d{1,2}:\d{2}(:\d{2})?\s(.*\s)?\d{4}\s/.test(new TextDecoder().decode(line) + "\n");
}

function isQuotedFrom(line: Uint8Array): boolean {
  if (line[0] !== QUOTE) return false;
  let quotes = 1;
  while (line[quotes] === QUOTE) quotes++;
  return startsWith(line, FROM, quotes);
}
