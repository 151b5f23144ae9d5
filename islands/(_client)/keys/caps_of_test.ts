import assert from "node:assert/strict";
import { capsOf } from "./caps_of.ts";

Deno.test("capsOf() writes keys as they stand on a keyboard", () => {
  assert.deepEqual(capsOf("j"), ["j"]);
  assert.deepEqual(capsOf("Shift+u"), ["Shift", "U"]);
  assert.deepEqual(capsOf("Mod+Enter"), ["Ctrl", "Enter"]);
  assert.deepEqual(capsOf("Escape"), ["Esc"]);
  assert.deepEqual(capsOf("+"), ["+"]);
});
