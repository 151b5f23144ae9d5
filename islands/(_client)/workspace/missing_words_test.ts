import assert from "node:assert/strict";
import { missingWords } from "./missing_words.ts";

/** What fits beside the picture at the width of a card. */
const MAX_LETTERS = 22;

const CODES = [
  "unavailable",
  "rate_limited",
  "expired",
  "unauthorized",
  "refused",
  "too_large",
  "unusable",
  "rejected",
  "empty",
  "gone",
];

Deno.test("missingWords() has short words of its own for every reason the core gives", () => {
  const words = CODES.map(missingWords);
  assert.equal(new Set(words).size, CODES.length);
  for (const one of words) {
    assert.notEqual(one, missingWords(undefined));
    assert(one.length <= MAX_LETTERS, one);
  }
});

Deno.test("missingWords() says something of a code it does not know", () => {
  for (const code of [undefined, "", "of_a_later_version", "toString"]) {
    assert.equal(missingWords(code), "Could not be loaded");
  }
});
