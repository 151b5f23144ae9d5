import assert from "node:assert/strict";
import { Selection } from "./selection.ts";

const ORDER = ["a", "b", "c", "d", "e"];

Deno.test("Selection picks one by one and ranges from the one picked last, either way", () => {
  const selection = new Selection();

  selection.toggle("d");
  selection.extendTo("b", ORDER);
  selection.extendTo("a", ORDER);
  selection.toggle("c");

  assert.deepEqual(selection.inOrder(ORDER), ["a", "b", "d"]);
  selection.extendTo("e", ORDER);
  assert.deepEqual(selection.inOrder(ORDER), ["a", "b", "d", "e"]);
  selection.clear();
  assert.equal(selection.size, 0);
});

Deno.test("Selection keeps what left the list, behind what it shows", () => {
  const selection = new Selection();
  selection.set(["gone", "c", "a"]);

  assert.deepEqual(selection.inOrder(ORDER), ["a", "c", "gone"]);
  selection.remove(["c"]);
  assert.deepEqual([...selection.ids.value], ["gone", "a"]);
});
