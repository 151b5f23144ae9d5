import assert from "node:assert/strict";
import fc from "fast-check";
import { clip, previewOf } from "./preview.ts";

Deno.test("previewOf() puts the first words on one line", () => {
  assert.equal(previewOf("  Hello,\r\n\tworld \u0000 "), "Hello, world");
  assert.equal(previewOf(" \n ", "1 file"), "1 file");
  assert.equal(previewOf("x".repeat(300)).length, 140);
});

Deno.test("clip() never ends in half a character", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.integer({ min: 1, max: 30 }),
      (text, max) => {
        const clipped = clip(text, max);
        assert(clipped.length <= max);
        assert(text.startsWith(clipped));
        assert.equal(clipped.isWellFormed() || !text.isWellFormed(), true);
      },
    ),
  );
});
