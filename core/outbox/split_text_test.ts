import assert from "node:assert/strict";
import fc from "fast-check";
import { splitText } from "./split_text.ts";
import { textLength } from "../model/text_length.ts";

for (
  const [what, text, max, pieces] of [
    ["one that fits as it is", " a b ", 10, [" a b "]],
    ["between paragraphs first", "one two\n\nthree. four", 14, ["one two", "three. four"]],
    ["then between lines", "one two\nthree four", 14, ["one two", "three four"]],
    ["then between sentences", "It is red. And it is new", 16, ["It is red.", "And it is new"]],
    ["then between words", "aaaa bbbb cccc", 10, ["aaaa bbbb", "cccc"]],
    ["anywhere in a word without end", "aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]],
    ["never inside a character", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 12, ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]],
  ] as const
) {
  Deno.test(`splitText() cuts ${what}`, () => {
    assert.deepEqual(splitText(text, { max, unit: "utf16" }), pieces);
  });
}

Deno.test("splitText() ends with a character that is larger than a piece, and with a limit of segments", () => {
  const marks = `e${"\u0301".repeat(50)}`;

  assert.equal(splitText(marks, { max: 10, unit: "utf16" }).join(""), marks);
  assert.deepEqual(
    splitText("a".repeat(200), { max: 1, unit: "gsm_segments" }).map((one) => one.length),
    [160, 40],
  );
});

Deno.test("splitText() keeps every word, in pieces that fit", () => {
  const units = fc.constantFrom("utf16", "codepoints", "bytes" as const);
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 300 }),
      units,
      fc.integer({ min: 8, max: 60 }),
      (text, unit, max) => {
        const pieces = splitText(text, { max, unit });

        assert.equal(pieces.join("").replaceAll(/\s/g, ""), text.replaceAll(/\s/g, ""));
        for (const piece of pieces) {
          assert.ok(
            textLength(piece, unit) <= max,
            JSON.stringify(piece),
          );
        }
      },
    ),
  );
});
