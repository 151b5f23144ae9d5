import assert from "node:assert/strict";
import fc from "fast-check";
import { mentionSegments, namedIn } from "./mention_segments.ts";

const ANA = { id: "usr_1", name: "Ana" };
const ANA_LIMA = { id: "usr_2", name: "Ana Lima" };

Deno.test("namedIn() knows who is still called, the longer name before the shorter", () => {
  assert.deepEqual(namedIn("@Ana Lima, look", [ANA, ANA_LIMA]), [ANA_LIMA]);
  assert.deepEqual(namedIn("@Ana and @Ana Lima", [ANA, ANA_LIMA]), [ANA, ANA_LIMA]);
  assert.deepEqual(namedIn("Ana Lima", [ANA, ANA_LIMA]), []);
});

Deno.test("mentionSegments() together are the text", () => {
  const piece = fc.constantFrom("@Ana", "@Ana Lima", "@", " ", "Ana", "x@Ana");
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    const text = pieces.join("");
    const segments = mentionSegments(text, [ANA, ANA_LIMA]);
    assert.equal(segments.map((one) => one.text).join(""), text);
  }));
});
