import assert from "node:assert/strict";
import { FIELD_NAMES } from "../../../core/model/fill_fields.ts";
import { unfilledWords } from "./unfilled_words.ts";

Deno.test("unfilledWords() names every kind of field once, and nothing else in braces", () => {
  assert.equal(unfilledWords("Hi { } {{ }} {{ x }}"), null);
  assert.equal(unfilledWords(""), null);
  for (const name of FIELD_NAMES) {
    const text = `Call {{${name}}} or {{ ${name} }}.`;

    assert.equal(unfilledWords(text), `Still to fill in: {{${name}}}`);
  }
});
