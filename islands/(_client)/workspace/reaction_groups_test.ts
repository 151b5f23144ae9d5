import assert from "node:assert/strict";
import { reactionGroups } from "./reaction_groups.ts";
import { minute } from "./sample_records.ts";

Deno.test("reactionGroups() counts what is the same, in the order it came", () => {
  const reaction = (emoji: string, name: string) => ({ emoji, name, at: minute(1) });

  assert.deepEqual(
    reactionGroups([reaction("👍", "Ana"), reaction("❤️", ""), reaction("👍", "")]),
    [
      { emoji: "👍", names: ["Ana", ""] },
      { emoji: "❤️", names: [""] },
    ],
  );
  assert.deepEqual(reactionGroups(), []);
});
