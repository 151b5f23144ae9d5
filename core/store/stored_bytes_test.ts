import assert from "node:assert/strict";
import { serialize } from "node:v8";
import fc from "fast-check";
import { storedBytes } from "./stored_bytes.ts";

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.string({ minLength: 100, maxLength: 400 }),
    fc.integer(),
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.uint8Array(),
    fc.array(tie("any")),
    fc.dictionary(fc.string(), tie("any")),
  ),
})).any;

Deno.test("storedBytes() is never less than what the database takes", () => {
  fc.assert(fc.property(value, (any) => {
    // The format's version, once for a whole value.
    const real = serialize(any).byteLength - 2;
    // Bytes alone are stored as they are; inside of a value they come with their buffer.
    assert.ok(
      storedBytes(any) >= (any instanceof Uint8Array ? any.byteLength : real - viewsOf(any)),
    );
  }));
});

Deno.test("storedBytes() is close to it for what is large", () => {
  for (const text of ["a".repeat(40_000), "é".repeat(40_000), "€".repeat(20_000)]) {
    const record = { id: "msg_1", text, list: [1, 2, 3], nested: { isTrue: true } };

    const real = serialize(record).byteLength;

    assert.ok(storedBytes(record) >= real);
    assert.ok(storedBytes(record) < real + 150);
  }
});

/** What V8 adds to describe each view of bytes: no record holds any but as its whole value. */
function viewsOf(any: unknown): number {
  if (any instanceof Uint8Array) return 16;
  if (typeof any !== "object" || any === null) return 0;
  return Object.values(any).reduce<number>((sum, one) => sum + viewsOf(one), 0);
}
