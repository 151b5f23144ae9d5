import assert from "node:assert/strict";
import fc from "fast-check";
import type { FormFields } from "../model/form.ts";
import { fieldProblems, filledFields, splitSpecial } from "./read_submission.ts";
import type { PostedEntry } from "./types.ts";

const FIELDS: FormFields = [
  { name: "name", type: "text", label: "Your name", required: true },
  { name: "email", type: "email", label: "Email", required: true },
  { name: "topic", type: "select", label: "Topic", required: false, options: ["A", "B"] },
  { name: "more[]", type: "checkbox", label: "More", required: false, options: ["x", "y"] },
  { name: "phone", type: "phone", label: "Phone", required: false },
  { name: "agree", type: "consent", label: "I agree", required: true },
  { name: "photo", type: "file", label: "Photo", required: false },
];
const WORDS = { honeypot: "_gotcha", tokenField: null };
const GOOD = [
  ["name", "Ana"],
  ["email", "ana@posta.example"],
  ["agree", "yes"],
] as const;

function read(pairs: readonly (readonly [string, string])[]) {
  return splitSpecial(pairs.map(([name, value]): PostedEntry => ({ name, value })), WORDS);
}
function problems(pairs: readonly (readonly [string, string])[]) {
  return fieldProblems(FIELDS, read(pairs), []).map(({ name, code }) => `${name} ${code}`);
}

Deno.test("fieldProblems() finds nothing in a form that is filled in as it asks for", () => {
  assert.deepEqual(problems(GOOD), []);
  assert.deepEqual(problems([...GOOD, ["topic", "A"], ["more[]", "x"], ["more[]", "y"]]), []);
});

Deno.test("fieldProblems() names every field that is wrong, once", () => {
  assert.deepEqual(
    problems([
      ["name", "  "],
      ["email", "lotte@jansen"],
      ["topic", "C"],
      ["more[]", "x"],
      ["more[]", "z"],
      ["phone", "none"],
    ]),
    [
      "name required",
      "email not_an_email",
      "topic not_a_choice",
      "more[] not_a_choice",
      "phone not_a_phone",
      "agree required",
    ],
  );
});

Deno.test("fieldProblems() does not ask a site's own form for what it does not have", () => {
  assert.deepEqual(problems([["your-name", "Ana"], ["comments", "Hi"]]), []);
  assert.deepEqual(problems([["email", "ana@posta.example"], ["comments", "Hi"]]), []);
  assert.deepEqual(problems([["name", "Ana"]]), ["email required", "agree required"]);
  // What it has and left empty is asked for.
  assert.deepEqual(problems([["email", ""], ["comments", "Hi"]]), ["email required"]);
  // The page of Parley's own has all of it.
  assert.deepEqual(problems([["_shown", "1"], ["name", "Ana"], ["utm_source", "x"]]), [
    "email required",
    "agree required",
  ]);
  // What was captured has gone its way already.
  assert.deepEqual(problems([["_captured", "Contact"], ["email", "ana@"]]), []);
});

Deno.test("fieldProblems() bounds what one form may say", () => {
  const many = Array.from({ length: 201 }, (_, i) => [`f${i}`, "x"] as const);
  const full = Array.from({ length: 8 }, (_, i) => [`f${i}`, "x".repeat(60_000)] as const);

  assert.deepEqual(problems(many), ["null too_many_fields"]);
  const same = Array.from({ length: 1_001 }, () => ["name", "x"] as const);
  assert.deepEqual(problems(same), ["null too_many_fields"]);
  assert.deepEqual(problems(full), ["null too_long"]);
  assert.deepEqual(problems([["long", "x".repeat(64_001)]]), ["long too_long"]);
  assert.deepEqual(problems([["a", " "], ["b", ""]]), ["null empty"]);
  assert.deepEqual(problems([]), ["null empty"]);
});

Deno.test("splitSpecial() takes out what means something of its own, and keeps every other field", () => {
  const { special, entries } = read([
    ["_gotcha", ""],
    ["_next", " /thanks "],
    ["_replyto", "ana@posta.example"],
    ["_unknown", "x"],
    ["__proto__", "x"],
    ["constructor", "kept"],
    ["g-recaptcha-response", "token"],
    ["", "nameless"],
    ["a[b]", "1"],
    ["a[b]", "2"],
  ]);

  assert.equal(special.next, "/thanks");
  assert.equal(special.honeypot, "");
  assert.deepEqual(entries.map(({ name }) => name), ["_replyto", "constructor", "a[b]", "a[b]"]);
  assert.equal(read([["_gotcha", "bot"]]).special.honeypot, "bot");
});

Deno.test("filledFields() keeps the form's order, joins repeated names, and names what nobody set up", () => {
  const photo = {
    name: "photo",
    fileName: "crack.jpg",
    type: "image/jpeg",
    bytes: new Uint8Array(1),
  };
  const { entries } = read([
    ["orderNumber", "12"],
    ["more[]", "x"],
    ["more[]", "y"],
    ["email", "ana@posta.example"],
    ["your-words", "one\r\ntwo"],
  ]);

  assert.deepEqual(filledFields(FIELDS, entries, [photo]), [
    { name: "email", label: "Email", value: "ana@posta.example" },
    { name: "more[]", label: "More", value: "x, y" },
    { name: "photo", label: "Photo", value: "crack.jpg" },
    { name: "orderNumber", label: "Order number", value: "12" },
    { name: "your-words", label: "Your words", value: "one\ntwo" },
  ]);
});

Deno.test("filledFields() loses no value, whatever names a form has", () => {
  const pair = fc.tuple(
    fc.oneof(
      fc.constantFrom("__proto__", "constructor", "toString", "name"),
      fc.string({ minLength: 1 }),
    ),
    fc.string({ minLength: 1, unit: "grapheme" }).map((text) => text.trim()).filter((text) =>
      text !== ""
    ),
  );
  fc.assert(fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
    const { entries } = read(pairs);

    const rows = filledFields(FIELDS, entries, []);

    for (const { name, value } of entries) {
      const row = rows.find((one) => one.name === name.slice(0, 200));
      assert.ok(row?.value.includes(value.replace(/\r\n?/g, "\n").trim()), name);
      assert.notEqual(row?.label, "");
    }
  }));
});
