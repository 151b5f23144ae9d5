import assert from "node:assert/strict";
import { usableMacros } from "./usable_macros.ts";

Deno.test("usableMacros() offers what is for replies, or comments, while one is written", () => {
  const macros = (["reply", "start", "comment", "any"] as const).map((when) => ({ when }));
  const offered = (kind: "reply" | "comment") => usableMacros(macros, kind).map(({ when }) => when);

  assert.deepEqual(offered("reply"), ["reply", "any"]);
  assert.deepEqual(offered("comment"), ["comment", "any"]);
});
