import assert from "node:assert/strict";
import fc from "fast-check";
import { excerptOf, type MarkedText, markText } from "./marked_text.ts";
import { toTerm } from "./to_term.ts";

const terms = (...texts: string[]) => texts.flatMap((text) => toTerm(text, {}) ?? []);
const marked = ({ text, marks }: MarkedText) => marks.map(([from, to]) => text.slice(from, to));

Deno.test("markText() marks words in all the forms in which they are found", () => {
  const text = "Refunds: the REFUNDED refundable re-fund of Straße 5";

  assert.deepEqual(marked(markText(text, terms("refund", "strasse"))), [
    ...["Refunds", "REFUNDED", "refundable", "Straße"],
  ]);
  assert.deepEqual(marked(markText(text, [])), []);
});

Deno.test("excerptOf() shows the first word that was found, in one line", () => {
  const text = `Hello,\n\n${"nothing to see here. ".repeat(20)}\n\nmy refund\tis late. ${
    "bye ".repeat(99)
  }`;
  const excerpt = excerptOf(text, terms("refunds"));

  assert.deepEqual(marked(excerpt), ["refund"]);
  assert.match(excerpt.text, /^….* my refund is late\. .*…$/);
  assert.ok(excerpt.text.length <= 182);
  assert.equal(excerptOf("short refund", terms("refund")).text, "short refund");
  assert.match(excerptOf(text, terms("elsewhere")).text, /^Hello, nothing/);
});

Deno.test("excerptOf() marks within its text, whatever that is", () => {
  const texts = fc.string({ unit: "grapheme", maxLength: 400 });
  fc.assert(fc.property(texts, fc.string({ maxLength: 5 }), (text, word) => {
    const excerpt = excerptOf(`${text} ${word} ${text}`, terms(word));
    assert.ok(excerpt.text.length <= 182);
    for (const [from, to] of excerpt.marks) assert.ok(from < to && to <= excerpt.text.length);
  }));
});
