import assert from "node:assert/strict";
import { COMMANDS } from "./commands/mod.ts";
import { sheetLines } from "./sheet_lines.ts";

Deno.test("sheetLines() has every command with keys, under its group", () => {
  const groups = sheetLines(COMMANDS, "");

  for (const { words, keys, group } of COMMANDS) {
    if (keys === undefined) continue;
    const lines = groups.find(({ title }) => title === group)?.lines ?? [];
    assert.equal(lines.find((line) => line.words === words)?.presses.length, keys.length, words);
  }
});

Deno.test("sheetLines() keeps what fits the words, by other words and keys too", () => {
  const words = (typed: string) =>
    sheetLines(COMMANDS, typed).flatMap(({ lines }) => lines.map((line) => line.words));

  assert.deepEqual(words("leave"), ["Leave the editor"]);
  assert.ok(words("cheat").includes("Keyboard shortcuts"));
  assert.ok(words("g m").includes("Assigned to me"));
  assert.deepEqual(words("qqq"), []);
});
