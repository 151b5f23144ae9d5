import { fieldValue, type HeaderField, readHeader } from "./header_fields.ts";
import { parseParameterised } from "./header_params.ts";

/** One part of a mail: its own header and either parts or a body, still transfer-encoded. */
export interface MimePart {
  readonly fields: readonly HeaderField[];
  /** Such as "text/plain", in lower case. */
  readonly type: string;
  readonly params: ReadonlyMap<string, string>;
  /** "inline", "attachment", another word of the sender's, or "". */
  readonly disposition: string;
  readonly fileName: string | null;
  /** Without angle brackets. */
  readonly contentId: string | null;
  /** Content-Transfer-Encoding in lower case. */
  readonly encoding: string;
  /** A view of the mail's bytes; empty for a multipart, except for one whose boundary never came. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly parts: readonly MimePart[];
}

export interface MimeLimits {
  /** Levels of multiparts opened; deeper ones stay closed. */
  readonly maxDepth: number;
  readonly maxParts: number;
  /** Header bytes looked at, over all parts. */
  readonly maxHeaderBytes: number;
}

export type MimeProblem = "nested_too_deeply" | "too_many_parts" | "header_too_long";

export interface ParsedMime {
  readonly root: MimePart;
  readonly problems: ReadonlySet<MimeProblem>;
}

type OpenPart = { -readonly [K in keyof MimePart]: MimePart[K] } & {
  parts: OpenPart[];
  bodyStart: number;
};

/** Takes a mail apart in one pass over its bytes. Never throws; whatever it is, there is a root part. */
export function parseMime(bytes: Uint8Array<ArrayBuffer>, limits: MimeLimits): ParsedMime {
  return new Parser(bytes, limits).run();
}

const utf8 = new TextEncoder();

/** The multiparts that are open, innermost last, while one mail is read. */
class Parser {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #limits: MimeLimits;
  readonly #problems = new Set<MimeProblem>();
  readonly #open: { part: OpenPart; boundary: Uint8Array }[] = [];
  /** Lengths of the open boundaries: most lines that start with "--" are told apart by it. */
  #lengths = new Set<number>();
  #headerBytes = 0;
  #count = 0;
  #leaf: OpenPart | null = null;

  constructor(bytes: Uint8Array<ArrayBuffer>, limits: MimeLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
  }

  run(): ParsedMime {
    const root = this.#begin(0, "text/plain");
    let at = root.bodyStart;
    while (this.#open.length > 0 && at < this.#bytes.length) {
      const line = this.#nextDashLine(at);
      if (line === null) break;
      at = line.next;
      const match = this.#match(line.start, line.end);
      if (match === null) continue;
      this.#endLeaf(line.start);
      this.#popTo(match.isLast ? match.index : match.index + 1, line.start);
      if (match.isLast) continue;
      if (this.#count >= this.#limits.maxParts) {
        this.#problems.add("too_many_parts");
        break;
      }
      const parent = this.#open[match.index]?.part;
      if (!parent) break;
      const isDigest = parent.type === "multipart/digest";
      const part = this.#begin(line.next, isDigest ? "message/rfc822" : "text/plain");
      parent.parts.push(part);
      at = part.bodyStart;
    }
    this.#endLeaf(this.#bytes.length + 1);
    this.#popTo(0, this.#bytes.length);
    return { root, problems: this.#problems };
  }

  /** Reads a part's header and opens it, as a multipart or as the leaf whose body comes next. */
  #begin(start: number, defaultType: string): OpenPart {
    const rest = Math.max(0, this.#limits.maxHeaderBytes - this.#headerBytes);
    const header = readHeader(
      this.#bytes,
      start,
      rest,
      (lineStart, lineEnd) => this.#match(lineStart, lineEnd) !== null,
    );
    this.#headerBytes += header.size;
    if (header.size > rest) this.#problems.add("header_too_long");
    this.#count++;

    const type = parseParameterised(fieldValue(header.fields, "content-type") ?? defaultType);
    const disposition = parseParameterised(fieldValue(header.fields, "content-disposition") ?? "");
    const contentId = fieldValue(header.fields, "content-id")?.replace(/[<>\s]/g, "");
    const part: OpenPart = {
      fields: header.fields,
      type: /^[\w.+-]+\/[\w.+-]+$/.test(type.value) ? type.value : defaultType,
      params: type.params,
      disposition: disposition.value,
      fileName: disposition.params.get("filename") ?? type.params.get("name") ?? null,
      contentId: contentId ? contentId : null,
      encoding: (fieldValue(header.fields, "content-transfer-encoding") ?? "").toLowerCase()
        .replace(/\([^()]*\)|["\s]/g, ""),
      body: this.#bytes.subarray(0, 0),
      parts: [],
      bodyStart: header.bodyStart,
    };
    const boundary = utf8.encode(part.params.get("boundary")?.trimEnd());
    const isMultipart = part.type.startsWith("multipart/") && boundary.length > 0;
    if (isMultipart && this.#open.length < this.#limits.maxDepth) {
      this.#open.push({ part, boundary });
      this.#lengths.add(boundary.length);
      this.#leaf = null;
    } else {
      if (isMultipart) this.#problems.add("nested_too_deeply");
      this.#leaf = part;
    }
    return part;
  }

  #endLeaf(lineStart: number): void {
    const leaf = this.#leaf;
    if (leaf === null) return;
    // The line break before a boundary belongs to the boundary.
    let end = Math.min(lineStart, this.#bytes.length);
    if (lineStart <= this.#bytes.length && this.#bytes[end - 1] === 10) {
      end -= this.#bytes[end - 2] === 13 ? 2 : 1;
    }
    leaf.body = this.#bytes.subarray(leaf.bodyStart, Math.max(leaf.bodyStart, end));
    this.#leaf = null;
  }

  #popTo(length: number, lineStart: number): void {
    if (this.#open.length === length) return;
    for (const { part } of this.#open.splice(length)) {
      // Its boundary never came (a damaged or cut mail): what is there is kept as its body.
      if (part.parts.length > 0) continue;
      part.body = this.#bytes.subarray(part.bodyStart, Math.max(part.bodyStart, lineStart));
    }
    this.#lengths = new Set(this.#open.map(({ boundary }) => boundary.length));
  }

  /** The next line that starts with "--", from a line start on. */
  #nextDashLine(from: number): { start: number; end: number; next: number } | null {
    const bytes = this.#bytes;
    let start = from;
    while (start < bytes.length) {
      if (bytes[start] === 45 && bytes[start + 1] === 45) {
        let feed = start;
        while (feed < bytes.length && bytes[feed] !== 10) feed++;
        const end = bytes[feed - 1] === 13 ? feed - 1 : feed;
        return { start, end, next: feed + 1 };
      }
      while (start < bytes.length && bytes[start] !== 10) start++;
      start++;
    }
    return null;
  }

  /** Which open multipart a line is the boundary of; the innermost wins. */
  #match(start: number, end: number): { index: number; isLast: boolean } | null {
    const bytes = this.#bytes;
    if (this.#open.length === 0 || bytes[start] !== 45 || bytes[start + 1] !== 45) return null;
    let last = end;
    while (last > start && (bytes[last - 1] === 32 || bytes[last - 1] === 9)) last--;
    const length = last - start - 2;
    if (!this.#lengths.has(length) && !this.#lengths.has(length - 2)) return null;
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const boundary = this.#open[index]?.boundary;
      if (!boundary || !startsAt(bytes, start + 2, boundary)) continue;
      if (length === boundary.length) return { index, isLast: false };
      const isLast = length === boundary.length + 2 && bytes[last - 1] === 45 &&
        bytes[last - 2] === 45;
      if (isLast) return { index, isLast };
    }
    return null;
  }
}

function startsAt(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let i = 0; i < expected.length; i++) {
    if (bytes[at + i] !== expected[i]) return false;
  }
  return true;
}
