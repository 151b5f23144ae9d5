import assert from "node:assert/strict";
import * as fc from "fast-check";
import { escapeHtml } from "./escape_html.ts";
import { FIELD_NAMES, fillFields, unknownField } from "./fill_fields.ts";

Deno.test("fillFields() fills in what is known and takes the words instead where it is not", () => {
  const { text, missing } = fillFields(
    "Hi {{contact.firstName|there}}, {{ agent.name }} of {{workspace.name}} here{{contact.phone|}}.",
    { "agent.name": "Nora", "workspace.name": "Veldwerk", "contact.phone": " " },
  );

  assert.equal(text, "Hi there, Nora of Veldwerk here.");
  assert.deepEqual(missing, []);
});

Deno.test("fillFields() says where a field without a value still stands", () => {
  const { text, missing } = fillFields("{{agent.name}}: call {{contact.phone}}", {
    "agent.name": "Nora",
  });

  assert.equal(text, "Nora: call {{contact.phone}}");
  assert.deepEqual(missing.map(({ start, end, name }) => [name, text.slice(start, end)]), [
    ["contact.phone", "{{contact.phone}}"],
  ]);
});

Deno.test("fillFields() never reads a value for more fields", () => {
  const { text } = fillFields("{{contact.name}}", {
    "contact.name": "{{agent.email}}",
    "agent.email": "nora@parley.example",
  });

  assert.equal(text, "{{agent.email}}");
});

const NAME = fc.constantFrom(...FIELD_NAMES);
const TEMPLATE = fc.array(fc.oneof(
  fc.string({ unit: "binary" }),
  NAME.map((name) => `{{${name}}}`),
  fc.tuple(NAME, fc.string()).map(([name, instead]) => `{{ ${name} |${instead}}}`),
  fc.constantFrom("{{", "}}", "{", "|", "{{}}", "{{a.b}}", "\n"),
)).map((parts) => parts.join(""));
const VALUES = fc.dictionary(NAME, fc.string({ unit: "binary" }));

Deno.test("fillFields() takes any text and any values, and its places are fields", () => {
  fc.assert(fc.property(TEMPLATE, VALUES, (template, values) => {
    const { text, missing } = fillFields(template, values);

    for (const { name, start, end } of missing) {
      assert.match(text.slice(start, end), /^\{\{[^{}\n]*\}\}$/);
      assert.ok(text.slice(start, end).includes(name));
    }
  }));
});

Deno.test("fillFields() brings no markup into HTML that its author did not write", () => {
  const hostile = fc.constantFrom("<script>", '"onload="x', "<img src=x>", "&", "'", "a<b");

  fc.assert(fc.property(NAME, hostile, (name, value) => {
    const { text } = fillFields(
      `<p title="{{${name}}}">{{${name}}}</p>`,
      { [name]: value },
      escapeHtml,
    );

    assert.equal(text.replaceAll(escapeHtml(value), ""), '<p title=""></p>');
    assert.doesNotMatch(escapeHtml(value), /[<>"']/);
  }));
});

Deno.test("unknownField() names what is no field, with its line", () => {
  const table = [
    ["Hi {{contact.name}}\n{{contact.nam}}", { name: "contact.nam", line: 2 }],
    ["{{}}", { name: "", line: 1 }],
    ["{{ contact name | x }}", { name: "contact name", line: 1 }],
    ["{{contact.name|{{agent.name}}", null],
    ["a { b } {{contact.name|}} {{agent.name}}", null],
    ["", null],
  ] as const;

  for (const [template, expected] of table) {
    assert.deepEqual(unknownField(template), expected, template);
  }
});
