import assert from "node:assert/strict";
import fc from "fast-check";
import { clip } from "./clip.ts";

Deno.test("clip() keeps what fits, cuts what does not, and never leaves half a character", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.nat(30), (text, max) => {
    const cut = clip(text, max);

    assert(text.startsWith(cut) && cut.length <= max);
    assert(cut.length >= Math.min(text.length, max) - 1);
    if (text.isWellFormed()) assert(cut.isWellFormed());
  }));
});
