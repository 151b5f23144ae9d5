import assert from "node:assert/strict";
import fc from "fast-check";
import { FormFields } from "@/core/model/form.ts";
import { checkDraft } from "./check_draft.ts";
import { type Edit, editDraft } from "./edit_draft.ts";
import { FIELD_KINDS } from "./field_kinds.ts";
import { freeName, nameOfLabel } from "./field_name.ts";
import type { FormDraft } from "@/core/model/form_draft.ts";
import { contentOf, draftOf, parseDraft } from "./form_draft.ts";
import { parseStep, readPosted, type Step, stepValue } from "./post_draft.ts";

const CONTENT = {
  title: "Warranty claim",
  intro: "",
  submitLabel: "",
  accentColor: "#0f5b46",
  fields: [
    { name: "email", type: "email", label: "Email", required: true, width: "half" },
    { name: "what", type: "select", label: "What?", required: false, options: ["Frame", "Brakes"] },
  ],
} as const;

const names = (draft: FormDraft) => draft.fields.map(({ name }) => name);

Deno.test("draftOf() and contentOf() give back what is stored", () => {
  assert.deepEqual(contentOf(draftOf(CONTENT)), CONTENT);
});

Deno.test("editDraft() adds behind the open field, under a name of its own", () => {
  const draft = draftOf(CONTENT, "email");

  const once = editDraft(draft, { do: "add", kind: "email" }, []);
  const twice = editDraft(once, { do: "add", kind: "text", at: 0 }, []);

  assert.deepEqual(names(twice), ["text", "email", "email-2", "what"]);
  assert.equal(twice.selected, twice.fields[0]?.key);
});

Deno.test("editDraft() names a new field after its label, and never renames a stored one", () => {
  const added = editDraft(draftOf(CONTENT), { do: "add", kind: "text" }, ["email", "what"]);
  const key = added.selected ?? "";

  const labelled = editDraft(added, { do: "field", key, set: { label: "Größe, in cm" } }, []);
  const kept = editDraft(draftOf(CONTENT, "email"), {
    do: "field",
    key: "f0",
    set: { label: "Your address" },
  }, ["email", "what"]);

  assert.deepEqual(names(labelled), ["email", "what", "grosse-in-cm"]);
  assert.deepEqual(names(kept), ["email", "what"]);
});

Deno.test("editDraft() puts a deleted field back where it was", () => {
  const draft = draftOf(CONTENT);

  const removed = editDraft(draft, { do: "remove", key: "f0" }, []);
  const restored = editDraft(removed, { do: "restore" }, []);

  assert.deepEqual(names(removed), ["what"]);
  assert.deepEqual(contentOf(restored), CONTENT);
});

Deno.test("editDraft() keeps every field through any moves, and only known keys move anything", () => {
  fc.assert(fc.property(
    fc.array(fc.record({ key: fc.constantFrom("f0", "f1", "f2", "f9"), to: fc.integer() })),
    (moves) => {
      const begun = editDraft(draftOf(CONTENT), { do: "add", kind: "phone" }, []);
      const moved = moves.reduce<FormDraft>(
        (draft, { key, to }) => editDraft(draft, { do: "move", key, to }, []),
        begun,
      );
      assert.deepEqual(names(moved).toSorted(), names(begun).toSorted());
    },
  ));
});

Deno.test("every kind of the palette begins as a field that can be stored", () => {
  const all = FIELD_KINDS.reduce<FormDraft>(
    (draft, { id }) => editDraft(draft, { do: "add", kind: id }, []),
    draftOf({ ...CONTENT, fields: [] }),
  );

  assert.deepEqual(checkDraft(all), []);
  assert.equal(FormFields.parse(contentOf(all).fields).length, FIELD_KINDS.length);
});

Deno.test("checkDraft() says what the server would refuse, beside its field", () => {
  const edits: Edit[] = [
    { do: "field", key: "f0", set: { label: "  " } },
    { do: "field", key: "f1", set: { options: ["", ""] } },
  ];
  const draft = edits.reduce((one, edit) => editDraft(one, edit, ["email"]), draftOf(CONTENT));

  assert.deepEqual(checkDraft(draft).map(({ key, setting }) => [key, setting]), [
    ["f0", "label"],
    ["f1", "options"],
  ]);
});

Deno.test("parseStep() reads what stepValue() writes", () => {
  const steps: Step[] = [
    { do: "add", kind: "several" },
    { do: "move", key: "f3", to: 2 },
    { do: "duplicate", key: "f0" },
    { do: "remove", key: "f0" },
    { do: "restore" },
    { do: "select", key: null },
    { do: "select", key: "f1" },
  ];

  assert.deepEqual(steps.map((step) => parseStep(stepValue(step))), steps);
  assert.equal(parseStep("save"), null);
});

Deno.test("readPosted() takes what is typed in the open settings over what is carried along", () => {
  const form = new FormData();
  form.set("draft", JSON.stringify(draftOf(CONTENT, "what")));
  form.set("field.label", "What is broken?");
  form.set("field.options", "Frame\r\nBrakes\r\n\r\n");

  const draft = readPosted(form, ["email", "what"]);

  assert.ok(draft);
  assert.deepEqual(contentOf(draft).fields[1], {
    ...CONTENT.fields[1],
    label: "What is broken?",
    required: false,
  });
  assert.equal(contentOf(draft).title, CONTENT.title);
});

Deno.test("parseDraft() refuses what no builder wrote", () => {
  for (const json of ["", "null", "[]", "{}", '{"fields":[{"type":"script"}]}', "{"]) {
    assert.equal(parseDraft(json), null, json);
  }
});

Deno.test("nameOfLabel() and freeName() give names that a field may have", () => {
  assert.equal(nameOfLabel("What's your size?"), "what-s-your-size");
  assert.equal(nameOfLabel("2nd address"), "nd-address");
  assert.equal(nameOfLabel("電話"), "");
  assert.equal(freeName("email-2", ["email", "email-2"]), "email-3");
});
