import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { FormFields } from "@/core/model/form.ts";
import { HostedField } from "./HostedField.tsx";

const WORDS = { optional: "optional", choose: "Choose", chooseFiles: "Files", notice: "Read it" };

function render(field: object, more: { values?: readonly string[]; error?: string } = {}): string {
  const [parsed] = FormFields.parse([{
    name: "answer",
    label: "Answer",
    required: true,
    ...field,
  }]);
  assert.ok(parsed);
  return renderToString(<HostedField field={parsed} words={WORDS} {...more} />);
}

Deno.test("HostedField of a consent is a box to tick with its text and link (row 104)", () => {
  const html = render({
    type: "consent",
    label: "You may keep my answers",
    url: "https://veloce.example/privacy?a=1&b=2",
  });

  assert.match(html, /<input [^>]*type="checkbox"[^>]* required/);
  assert.match(html, /You may keep my answers/);
  assert.match(
    html,
    /<a href="https:\/\/veloce\.example\/privacy\?a=1&amp;b=2" target="_blank" rel="noopener">Read it<\/a>/,
  );
  assert.doesNotMatch(html, / checked/, "nobody agrees by doing nothing");
  assert.match(render({ type: "consent" }, { values: ["yes"] }), / checked/);
});

Deno.test("HostedField gives each kind of field its control, by its name", () => {
  const options = ["Small", "Large"];
  const many = Array.from({ length: 7 }, (_, i) => `Size ${i}`);
  const controls: readonly (readonly [field: object, control: RegExp])[] = [
    [{ type: "text" }, /<input [^>]*name="answer"[^>]*type="text"/],
    [{ type: "textarea" }, /<textarea [^>]*name="answer"/],
    [{ type: "email" }, /<input [^>]*name="answer"[^>]*type="email"/],
    [{ type: "phone" }, /<input [^>]*name="answer"[^>]*type="tel"/],
    [{ type: "select", options }, /type="radio" name="answer" value="Small"/],
    [{ type: "select", options: many }, /<select [^>]*name="answer"/],
    [{ type: "checkbox", options }, /type="checkbox" name="answer" value="Large"/],
    [{ type: "checkbox" }, /type="checkbox" name="answer" value="yes"/],
    [{ type: "file" }, /<input [^>]*name="answer"[^>]*type="file"/],
  ];
  for (const [field, control] of controls) {
    const html = render(field);

    assert.match(html, control);
    assert.match(html, /Answer/);
    assert.match(html, /<(?:label|legend)/);
  }
  const hidden = render({ type: "hidden", value: "spring" });
  assert.equal(hidden, '<input type="hidden" name="answer" value="spring">');
});

Deno.test("HostedField keeps what was typed, names what is wrong, and runs none of it", () => {
  const typed = '"><script>alert(1)</script>';

  const html = render({ type: "text", help: typed }, { values: [typed], error: "Is missing" });

  assert.doesNotMatch(html, /<script/);
  assert.match(html, /value="&quot;>&lt;script>|value="&quot;&gt;&lt;script&gt;/);
  assert.match(html, /aria-invalid="true"/);
  assert.match(html, /aria-describedby="f-answer-help f-answer-error"/);
  assert.match(html, /id="f-answer-error"[^]*Is missing/);
});
