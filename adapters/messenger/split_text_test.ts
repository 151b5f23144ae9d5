import assert from "node:assert/strict";
import fc from "fast-check";
import { splitText } from "./split_text.ts";

Deno.test("splitText() leaves alone what fits, to the last unit", () => {
  const text = "x".repeat(2_000);

  assert.deepEqual(splitText(text, 2_000), [text]);
  assert.deepEqual(splitText(`${text}y`, 2_000), [text, "y"]);
  assert.deepEqual(splitText("", 2_000), []);
  assert.deepEqual(splitText(" \n ", 2_000), []);
});

for (
  const [name, text, pieces] of [
    ["paragraphs", "One two three.\n\nFour. Five six", ["One two three.", "Four. Five six"]],
    ["lines", "One two three\nfour. five six", ["One two three", "four. five six"]],
    ["sentences", "One two three. Four five six", ["One two three.", "Four five six"]],
    ["words", "One two three four five", ["One two three four", "five"]],
    ["sentences without spaces", "一二三四五六七八九。一二三四五六七八九十", [
      "一二三四五六七八九。",
      "一二三四五六七八九十",
    ]],
  ] as const
) {
  Deno.test(`splitText() ends pieces at ${name}`, () => {
    assert.deepEqual(splitText(text, 18), pieces);
  });
}

Deno.test("splitText() never cuts a character in two", () => {
  for (const character of ["👋🏽", "👩‍👩‍👧‍👦", "🇳🇱", "e\u0301", "😀"]) {
    const max = 20;
    const pieces = splitText(character.repeat(40), max);

    assert.equal(pieces.join(""), character.repeat(40));
    for (const piece of pieces) {
      assert.ok(piece.length <= max);
      assert.equal(piece.length % character.length, 0, character);
    }
  }
});

Deno.test("splitText() keeps every word, in pieces that fit, of well-formed text", () => {
  const bare = (text: string) => text.replace(/\s/g, "");
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ unit: "grapheme", maxLength: 60 }),
          fc.constantFrom(" ", "\n\n", ". "),
        ),
      )
        .map((all) => all.join("")),
      fc.integer({ min: 2, max: 80 }),
      (text, max) => {
        const pieces = splitText(text, max);

        assert.equal(bare(pieces.join("")), bare(text));
        for (const piece of pieces) {
          assert.ok(piece.length > 0 && piece.length <= max, JSON.stringify(piece));
          if (text.isWellFormed()) assert.ok(piece.isWellFormed());
        }
      },
    ),
  );
});
