import assert from "node:assert/strict";
import { formatTable, isMet, type Line, median, percentile } from "./measurements.ts";

Deno.test("percentile() takes the nearest rank", () => {
  const samples = [5, 1, 4, 2, 3];

  assert.equal(percentile(samples, 0.95), 5);
  assert.equal(percentile(samples, 0.5), 3);
  assert.equal(percentile(samples, 0), 1);
  assert.equal(median([4, 1]), 1);
  assert.throws(() => percentile([], 0.5), RangeError);
});

Deno.test("isMet() compares in the direction of the limit, ends included", () => {
  assert.ok(isMet({ value: 0.35, limit: { kind: "at least", value: 0.35 } }));
  assert.ok(!isMet({ value: 0.34, limit: { kind: "at least", value: 0.35 } }));
  assert.ok(isMet({ value: 25, limit: { kind: "at most", value: 25 } }));
  assert.ok(!isMet({ value: 25.1, limit: { kind: "at most", value: 25 } }));
  assert.ok(isMet({ value: 1 }));
});

Deno.test("formatTable() says what was missed", () => {
  const line: Line = {
    name: "list page",
    unit: "ms",
    value: 31,
    rounds: [29, 31, 40],
    limit: { kind: "at most", value: 30 },
  };

  const [, row = ""] = formatTable([line]).split("\n");

  assert.match(row, /^list page\s+31\.0 ms\s+29\.0 ms\.\.40\.0 ms\s+≤ 30\.0 ms\s+MISSED$/);
});
