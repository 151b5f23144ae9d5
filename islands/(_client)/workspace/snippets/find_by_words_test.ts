import assert from "node:assert/strict";
import { findByWords } from "./find_by_words.ts";

const ITEMS = [
  { name: "Thanks for waiting", folder: "Polite", usedCount: 3, shortcut: "thanks" },
  { name: "Warranty", folder: "Bikes", usedCount: 9, shortcut: "war" },
  { name: "Wait for parts", folder: "Bikes", usedCount: 1, shortcut: "parts" },
  { name: "Greeting", folder: "Polite", usedCount: 20, shortcut: "w" },
];

Deno.test("findByWords() finds by shortcut, name and folder, the likeliest first", () => {
  const table: readonly [string, readonly string[]][] = [
    ["", ["w", "war", "thanks", "parts"]],
    ["w", ["w", "war", "parts", "thanks"]],
    ["WAIT", ["parts", "thanks"]],
    ["bikes wa", ["war", "parts"]],
    ["xyz", []],
  ];

  for (const [query, shortcuts] of table) {
    assert.deepEqual(findByWords(ITEMS, query).map((one) => one.shortcut), shortcuts, query);
  }
});
