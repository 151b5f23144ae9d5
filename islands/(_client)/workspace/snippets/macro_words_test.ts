import assert from "node:assert/strict";
import { durationWords, macroWords } from "./macro_words.ts";

const NAMES = {
  people: [{ id: "usr_1", name: "Ana Hoek" }],
  teams: [{ id: "tem_1", name: "Night" }],
  inboxes: [{ id: "inb_1", name: "Workshop" }],
};

Deno.test("macroWords() says everything a macro does, in order", () => {
  const words = macroWords({
    text: "Hi",
    actions: [
      { type: "reply" },
      { type: "tags", add: ["parts"], remove: ["new"] },
      { type: "snooze", minutes: 7200 },
      { type: "assign", to: "usr_1" },
      { type: "assign", to: "usr_gone" },
      { type: "move", inboxId: "inb_1" },
      { type: "team", teamId: "tem_1" },
      { type: "priority", priority: null },
      { type: "status", status: "spam" },
      { type: "comment", text: "x" },
    ],
  }, NAMES);

  assert.equal(
    words,
    "Send the reply, tag parts, take new away, snooze 5 days, assign to Ana Hoek, assign to somebody who left, move to Workshop, give to Night, no priority, mark as spam, comment",
  );
  assert.equal(macroWords({ text: "Hi", actions: [] }, NAMES), "Write the text");
});

Deno.test("durationWords() takes the largest unit that says it whole", () => {
  const table = [
    [1, "1 minute"],
    [90, "90 minutes"],
    [120, "2 hours"],
    [1_440, "1 day"],
    [20_160, "2 weeks"],
  ] as const;

  for (const [minutes, words] of table) assert.equal(durationWords(minutes), words);
});
