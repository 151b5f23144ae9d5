import assert from "node:assert/strict";
import { parseRange } from "./parse_range.ts";

Deno.test("parseRange() reads one range of a file of 10 bytes", () => {
  const table = [
    [undefined, null],
    ["bytes=0-3", { start: 0, end: 4 }],
    ["bytes=4-", { start: 4, end: 10 }],
    ["bytes=-3", { start: 7, end: 10 }],
    ["bytes=-30", { start: 0, end: 10 }],
    ["bytes=8-99", { start: 8, end: 10 }],
    ["bytes = 1 - 2", { start: 1, end: 3 }],
    ["bytes=10-", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=5-2", null],
    ["bytes=0-1,3-4", null],
    ["bytes=-", null],
    ["lines=1-2", null],
    ["bytes=1e3-", null],
  ] as const;

  for (const [header, range] of table) assert.deepEqual(parseRange(header, 10), range, header);
});

Deno.test("parseRange() finds nothing to send in an empty file", () => {
  assert.equal(parseRange("bytes=0-", 0), "unsatisfiable");
  assert.equal(parseRange("bytes=-5", 0), "unsatisfiable");
});
