import assert from "node:assert/strict";
import { scopeWords } from "./bar_root.ts";
import { ASKS } from "./commands/asks.ts";
import { commandOf } from "./commands/mod.ts";
import { sampleConversation } from "./sample_records.ts";

Deno.test("ASKS asks for commands that exist", () => {
  for (const id of Object.keys(ASKS)) assert.equal(commandOf(id).id, id);
});

Deno.test("scopeWords() names one conversation, and counts several", () => {
  const one = sampleConversation("cnv_1", { contactName: "Ada Berg", subject: "Order 7" });

  assert.equal(scopeWords([]), null);
  assert.equal(scopeWords([one]), "Ada Berg, Order 7");
  assert.equal(scopeWords([{ ...one, subject: "" }]), "Ada Berg");
  assert.equal(scopeWords([one, one, one]), "3 conversations");
});
