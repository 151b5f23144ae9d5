import assert from "node:assert/strict";
import fc from "fast-check";
import { formatCursor, parseCursor } from "./cursor.ts";

const Versionstamp = fc.stringMatching(/^[0-9a-f]{20}$/);

Deno.test("parseCursor() reads what formatCursor() wrote", () => {
  fc.assert(fc.property(Versionstamp, fc.nat(999_999), (versionstamp, n) => {
    assert.deepEqual(parseCursor(formatCursor(versionstamp, n)), { versionstamp, seen: n + 1 });
  }));
});

Deno.test("parseCursor() takes a bare versionstamp as after all of its changes", () => {
  assert.deepEqual(parseCursor("00000000000000a50000"), {
    versionstamp: "00000000000000a50000",
    seen: null,
  });
});

Deno.test("parseCursor() refuses everything else", () => {
  for (const text of ["", "1", "00000000000000A50000", "00000000000000a50000.", " ", "a.1.2"]) {
    assert.equal(parseCursor(text), null, text);
  }
  fc.assert(fc.property(fc.string(), (text) => {
    const parsed = parseCursor(text);
    assert.ok(parsed === null || text.startsWith(parsed.versionstamp));
  }));
});
