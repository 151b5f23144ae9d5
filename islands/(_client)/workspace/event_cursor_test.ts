import assert from "node:assert/strict";
import { compareCursors, laterCursor } from "./event_cursor.ts";

Deno.test("compareCursors() orders by commit, then by place as a number", () => {
  const sorted = ["00000000000000010000.0", "00000000000000010000.2", "00000000000000010000.10"]
    .concat("000000000000000a0000.0");

  assert.deepEqual(sorted.toReversed().toSorted(compareCursors), sorted);
  assert.equal(compareCursors("a.1", "a.1"), 0);
  assert.equal(compareCursors("a", "a"), 0);
  assert.ok(compareCursors("a", "a.7") > 0);
  assert.ok(compareCursors("a", "b.0") < 0);
});

Deno.test("laterCursor() takes the later one, and anything over nothing", () => {
  assert.equal(laterCursor("a.1", "a.2"), "a.2");
  assert.equal(laterCursor("b.1", "a.2"), "b.1");
  assert.equal(laterCursor(null, "a.2"), "a.2");
  assert.equal(laterCursor("a.2", null), "a.2");
  assert.equal(laterCursor(null, null), null);
});
