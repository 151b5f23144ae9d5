import assert from "node:assert/strict";
import { limitWords, textRoom } from "./text_limit.ts";

const LIMIT = { max: 100, unit: "utf16", split: false } as const;

Deno.test("textRoom() counts as the channel counts", () => {
  const text = "é🚲";

  assert.equal(textRoom(text, LIMIT).used, 3);
  assert.equal(textRoom(text, { ...LIMIT, unit: "codepoints" }).used, 2);
  assert.equal(textRoom(text, { ...LIMIT, unit: "bytes" }).used, 6);
});

Deno.test("limitWords() speaks only when the limit is near", () => {
  const table: [length: number, words: string | null][] = [
    [10, null],
    [89, null],
    [90, "10 characters left"],
    [100, "0 characters left"],
    [103, "3 characters too long for this channel"],
  ];

  for (const [length, words] of table) {
    assert.equal(limitWords(textRoom("a".repeat(length), LIMIT), LIMIT), words);
  }
});

Deno.test("textRoom() blocks only where the channel does not split", () => {
  const long = "a".repeat(250);
  const splitting = { ...LIMIT, split: true };

  assert.equal(textRoom(long, LIMIT).isOver, true);
  assert.equal(textRoom(long, splitting).isOver, false);
  assert.equal(limitWords(textRoom(long, splitting), splitting), "Goes out as 3 messages");
});
