import assert from "node:assert/strict";
import type { MacroAction } from "@/core/model/macro.ts";
import { macroFieldOf, macroInput, macroValues, readMacroForm } from "./macro_form.ts";

const ACTIONS: readonly MacroAction[] = [
  { type: "reply" },
  { type: "tags", add: ["parts", "vip"], remove: ["new"] },
  { type: "priority", priority: null },
  { type: "assign", to: "me" },
  { type: "team", teamId: null },
  { type: "comment", text: "Ordered" },
  { type: "snooze", minutes: 5 * 24 * 60 },
  { type: "move", inboxId: "inb_2" },
];
const MACRO = { name: "Parts", folder: "Bikes", when: "reply", text: "Hi", actions: ACTIONS };

Deno.test("macroInput() gives back what macroValues() was made of", () => {
  const values = macroValues(MACRO, "tem_1");

  assert.equal(values.snoozeCount, "5");
  assert.equal(values.snoozeUnit, "days");
  assert.deepEqual(macroInput(values), { ...MACRO, sharing: { kind: "team", teamId: "tem_1" } });
});

Deno.test("readMacroForm() reads what a browser posts", () => {
  const form = new FormData();
  for (const [name, value] of Object.entries(macroValues(MACRO, "private"))) {
    if (typeof value === "string") form.set(name, value.replaceAll("\n", "\r\n"));
  }
  form.set("sends", "on");

  assert.deepEqual(readMacroForm(form), macroValues(MACRO, "private"));
  assert.equal(readMacroForm(new FormData()).sends, false);
});

Deno.test("macroFieldOf() leads from what the core refuses to the field it came from", () => {
  const values = macroValues(MACRO, "private");
  const table = [
    ["actions.1.add.0", "tagsAdd"],
    ["actions.1.remove", "tagsRemove"],
    ["actions.3.to", "assign"],
    ["actions.4.teamId", "team"],
    ["actions.5.text", "comment"],
    ["actions.6.minutes", "snoozeCount"],
    ["actions.9", "actions.9"],
    ["text", "text"],
  ] as const;

  for (const [path, field] of table) assert.equal(macroFieldOf(path, values), field, path);
});
