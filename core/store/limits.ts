/** The strictest limits of all platforms (denokv, Deploy, SQLite), checked before a commit. */
import { serialize } from "node:v8";
import type { Batch, KeyPart, Write } from "./types.ts";

export const MAX_CHECKS = 10;
export const MAX_MUTATIONS = 1_000;
/** Of one value, as it is stored. */
export const MAX_VALUE_BYTES = 65_536;
export const MAX_KEY_BYTES = 2_048;
export const MAX_COMMIT_BYTES = 819_200;
export const MAX_COMMIT_KEY_BYTES = 81_920;
/** Keys per `getMany` and `watch`. */
export const MAX_KEYS_AT_ONCE = 10;

/**
 * Refuses a batch that some platform would refuse.
 * @throws RangeError
 */
export function checkLimits(batch: Batch): void {
  const mutations = batch.writes.length + (batch.changes.length > 0 ? 2 : 0);
  refuse("checks", batch.checks.length, MAX_CHECKS);
  refuse("mutations", mutations, MAX_MUTATIONS);
  let keyBytes = 0;
  let valueBytes = 0;
  for (const check of batch.checks) keyBytes += measureKey(check.path);
  for (const write of batch.writes) {
    keyBytes += measureKey(write.path);
    valueBytes += measureValue(write);
  }
  if (batch.changes.length > 0) valueBytes += measure(["log"], { at: 0, changes: batch.changes });
  refuse("bytes of keys", keyBytes, MAX_COMMIT_KEY_BYTES);
  refuse("bytes", keyBytes + valueBytes, MAX_COMMIT_BYTES);
}

/** Whether a key can exist at all: one made of what a client sent may be too long. */
export function canBeKey(path: readonly KeyPart[]): boolean {
  let units = 0;
  for (const part of path) units += typeof part === "string" ? part.length : 16;
  // A unit of UTF-16 is at most three bytes: nearly every key is short enough at first sight.
  return units * 3 + path.length * 2 <= MAX_KEY_BYTES || sumOf(path) <= MAX_KEY_BYTES;
}

function measureKey(path: readonly KeyPart[]): number {
  const bytes = sumOf(path);
  refuse(`bytes in key ${JSON.stringify(path[0])}`, bytes, MAX_KEY_BYTES);
  return bytes;
}

function sumOf(path: readonly KeyPart[]): number {
  return path.reduce<number>((bytes, part) => bytes + measurePart(part), 0);
}

function measurePart(part: KeyPart): number {
  if (typeof part === "number") return 9;
  if (typeof part === "boolean") return 1;
  if (typeof part === "bigint") return 2 + Math.ceil(part.toString(16).length / 2);
  const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
  // A type byte, an end byte, and one more for each zero that must be escaped.
  return 2 + bytes.length + bytes.filter((byte) => byte === 0).length;
}

function measureValue(write: Write): number {
  return write.kind === "set" ? measure(write.path, write.value) : 0;
}

function measure(path: readonly KeyPart[], value: unknown): number {
  const bytes = value instanceof Uint8Array ? value.byteLength : serialize(value).byteLength;
  refuse(`bytes in value of ${JSON.stringify(path[0])}`, bytes, MAX_VALUE_BYTES);
  return bytes;
}

/** Whether a commit threw because of what it holds: nothing was written, and it would be refused again. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof RangeError) return true;
  return error instanceof TypeError && /\(max \d+|could not be cloned/.test(error.message);
}

function refuse(what: string, count: number, max: number): void {
  if (count > max) throw new RangeError(`Cannot commit: ${count} ${what}, at most ${max}`);
}
