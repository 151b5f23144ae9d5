import assert from "node:assert/strict";
import { textLength } from "./text_length.ts";

for (
  const [text, unit, length] of [
    ["aé😀", "utf16", 4],
    ["aé😀", "codepoints", 3],
    ["aé😀", "bytes", 7],
    ["x".repeat(160), "gsm_segments", 1],
    ["x".repeat(161), "gsm_segments", 2],
    ["€".repeat(80), "gsm_segments", 1],
    ["€".repeat(81), "gsm_segments", 2],
    ["ж".repeat(70), "gsm_segments", 1],
    ["ж".repeat(71), "gsm_segments", 2],
  ] as const
) {
  Deno.test(`textLength() counts ${length} ${unit} for ${text.slice(0, 5)}… (${text.length})`, () => {
    assert.equal(textLength(text, unit), length);
  });
}
