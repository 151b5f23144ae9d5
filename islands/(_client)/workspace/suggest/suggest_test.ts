import assert from "node:assert/strict";
import { findEmoji } from "./emoji_source.ts";
import { readSign } from "./read_sign.ts";

Deno.test("readSign() finds the sign that is being written, at the beginning of a word only", () => {
  const table: readonly (readonly [string | null, string | null])[] = [
    ["Ciao @Lu", "@Lu"],
    ["@", "@"],
    ["(@Luca Mo", "@Luca Mo"],
    [":thumb", ":thumb"],
    ["at 10:30", null],
    ["a@b", null],
    ["https://x", null],
    ["/war", "/war"],
    ["and/or", null],
    ["@Luca @Jo", "@Jo"],
    ["@ x", null],
    ["", null],
    [null, null],
  ];
  for (const [line, found] of table) {
    const read = readSign(line);
    assert.equal(read && read.sign + read.query, found, String(line));
  }
});

Deno.test("findEmoji() finds by the beginning of any word of a name, the usual ones first", () => {
  assert.deepEqual(findEmoji("thumb").map(([glyph]) => glyph), ["👍", "👎"]);
  assert.equal(findEmoji("birthday")[0]?.[0], "🥳");
  assert.equal(findEmoji("")[0]?.[0], "👍");
  assert.deepEqual(findEmoji("no such thing"), []);
});
