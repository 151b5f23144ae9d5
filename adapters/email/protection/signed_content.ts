import { joinBytes } from "../../../core/channel/mod.ts";

/** Object identifiers of CMS (RFC 5652), as they stand in the bytes. */
const SIGNED_DATA = "2a864886f70d010702";
const DATA = "2a864886f70d010701";

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const OBJECT_ID = 0x06;
const OCTETS = 0x04;
const OCTETS_IN_PIECES = 0x24;
/** [0], constructed. */
const CONTEXT_0 = 0xa0;
const MAX_DEPTH = 8;

/** An element of BER, the encoding of certificates and signatures. */
interface Element {
  readonly tag: number;
  /** Where its content begins and ends; of an indefinite one, before its end mark. */
  readonly start: number;
  readonly end: number;
  /** Where the next one begins. */
  readonly next: number;
}

/**
 * The mail inside an S/MIME message that is signed but not encrypted ("opaque signing").
 * @returns null for anything else, damaged bytes too
 */
export function signedContent(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const content = elementAt(bytes, 0, bytes.length);
  const [type, wrapped] = childrenOf(bytes, content, SEQUENCE, 2);
  if (!isObject(bytes, type, SIGNED_DATA) || wrapped === undefined) return null;
  const [signedData] = childrenOf(bytes, wrapped, CONTEXT_0, 1);
  const [version, algorithms, inner] = childrenOf(bytes, signedData, SEQUENCE, 3);
  if (version?.tag !== INTEGER || algorithms?.tag !== SET) return null;
  const [innerType, holder] = childrenOf(bytes, inner, SEQUENCE, 2);
  if (!isObject(bytes, innerType, DATA)) return null;
  const [octets] = childrenOf(bytes, holder, CONTEXT_0, 1);
  if (octets === undefined) return null;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  return collectOctets(bytes, octets, pieces, 0) ? joinBytes(pieces) : null;
}

/** The first elements inside one of that tag; none when it is another. */
function childrenOf(
  bytes: Uint8Array,
  of: Element | null | undefined,
  tag: number,
  count: number,
): readonly Element[] {
  if (of == null || of.tag !== tag) return [];
  const children: Element[] = [];
  for (let at = of.start; at < of.end && children.length < count;) {
    const child = elementAt(bytes, at, of.end);
    if (child === null) break;
    children.push(child);
    at = child.next;
  }
  return children;
}

function elementAt(bytes: Uint8Array, at: number, limit: number, depth = 0): Element | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  // Tags of several bytes do not occur in what is read here.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || at + 2 > limit) {
    return null;
  }
  if (first === 0x80) return indefiniteAt(bytes, at, limit, depth);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4) return null;
  let length = first < 0x80 ? first : 0;
  for (let i = 0; i < lengthBytes; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const start = at + 2 + lengthBytes;
  return start + length > limit ? null : { tag, start, end: start + length, next: start + length };
}

/** Its length is not told: it ends at two zeros, behind all that is in it. */
function indefiniteAt(
  bytes: Uint8Array,
  at: number,
  limit: number,
  depth: number,
): Element | null {
  const tag = bytes[at] ?? 0;
  if (depth >= MAX_DEPTH) return null;
  for (let inner = at + 2; inner < limit;) {
    if (bytes[inner] === 0 && bytes[inner + 1] === 0) {
      return { tag, start: at + 2, end: inner, next: inner + 2 };
    }
    const child = elementAt(bytes, inner, limit, depth + 1);
    if (child === null) return null;
    inner = child.next;
  }
  return null;
}

/** False when something else than octets is among them. */
function collectOctets(
  bytes: Uint8Array<ArrayBuffer>,
  { tag, start, end }: Element,
  into: Uint8Array<ArrayBuffer>[],
  depth: number,
): boolean {
  if (tag === OCTETS) {
    into.push(bytes.subarray(start, end));
    return true;
  }
  if (tag !== OCTETS_IN_PIECES || depth >= MAX_DEPTH) return false;
  for (let at = start; at < end;) {
    const piece = elementAt(bytes, at, end);
    if (piece === null || !collectOctets(bytes, piece, into, depth + 1)) return false;
    at = piece.next;
  }
  return true;
}

function isObject(bytes: Uint8Array, element: Element | undefined, id: string): boolean {
  return element?.tag === OBJECT_ID && element.end - element.start === id.length / 2 &&
    bytes.slice(element.start, element.end).toHex() === id;
}
