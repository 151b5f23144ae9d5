/** Key paths as values: identity in a Map, and Deno KV's own order. */
import type { KeyPart } from "./types.ts";

/** A string that is equal for equal paths only. */
export function pathId(path: readonly KeyPart[]): string {
  return path.map((part) => {
    // With its length in front no text can pass for the end of one part and the beginning of the next.
    if (typeof part === "string") return `s${part.length}:${part}`;
    if (part instanceof Uint8Array) return `u${part.join(".")}`;
    return `${(typeof part)[0]}${typeof part}${part}`;
  }).join(",");
}

/** Negative, 0 or positive, as Deno KV orders keys: Uint8Array < string < bigint < number < boolean. */
export function comparePaths(a: readonly KeyPart[], b: readonly KeyPart[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareParts(a: KeyPart, b: KeyPart): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (typeof a === "string" && typeof b === "string") return compareBytes(encode(a), encode(b));
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function rankOf(part: KeyPart): number {
  if (part instanceof Uint8Array) return 0;
  return ["string", "bigint", "number", "boolean"].indexOf(typeof part) + 1;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
