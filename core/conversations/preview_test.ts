import assert from "node:assert/strict";
import { previewOf } from "./preview.ts";

Deno.test("previewOf() puts the first words on one line", () => {
  assert.equal(previewOf("  Hello,\r\n\tworld \u0000 "), "Hello, world");
  assert.equal(previewOf(" \n ", "1 file"), "1 file");
  assert.equal(previewOf("x".repeat(300)).length, 140);
  assert.equal(previewOf("", `${"x".repeat(200)}.pdf`).length, 140);
});
