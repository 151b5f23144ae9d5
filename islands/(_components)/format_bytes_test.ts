import assert from "node:assert/strict";
import { formatBytes } from "./format_bytes.ts";

const cases: readonly (readonly [bytes: number, expected: string])[] = [
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1 KB"],
  [96_400, "96 KB"],
  [999_400, "999 KB"],
  [999_500, "1.0 MB"],
  [2_100_000, "2.1 MB"],
  [26_214_400, "26 MB"],
  [4_000_000_000, "4.0 GB"],
];

for (const [bytes, expected] of cases) {
  Deno.test(`formatBytes(${bytes}) is "${expected}"`, () => {
    assert.equal(formatBytes(bytes), expected);
  });
}
