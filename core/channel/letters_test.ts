import assert from "node:assert/strict";
import fc from "fast-check";
import { fillTemplate, unknownVariable } from "./letters.ts";

const values = { "agent.name": "Nora Visser", company: "Veloce", "contact.name": "" } as const;

Deno.test("fillTemplate() fills what is known, takes the words behind the bar else", () => {
  assert.equal(
    fillTemplate("{{ agent.name }} · {{company}}, Utrecht", values),
    "Nora Visser · Veloce, Utrecht",
  );
  assert.equal(fillTemplate("Hi {{contact.name|there}}!", values), "Hi there!");
  assert.equal(fillTemplate("{not one} {{}} {{a b}}", values), "{not one} {{}} {{a b}}");
});

Deno.test("fillTemplate() leaves out lines that have nothing to say", () => {
  const template = "{{agent.name}}\nBook a call: {{agent.meetingLink}}\n\nVeloce";
  assert.equal(fillTemplate(template, values), "Nora Visser\n\nVeloce");
});

Deno.test("fillTemplate() does not read values as templates, and ends on any text", () => {
  assert.equal(
    fillTemplate("{{agent.name}}", { "agent.name": "{{company}}", company: "x" }),
    "{{company}}",
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("{", "}", "|", "a", ".", "\n", " ") }),
      (text) => {
        fillTemplate(text, values);
      },
    ),
  );
});

Deno.test("unknownVariable() names the first that is none", () => {
  assert.equal(unknownVariable("{{agent.name}} {{agent.nmae|x}} {{nope}}"), "agent.nmae");
  assert.equal(unknownVariable("{{agent.name}}"), null);
});
