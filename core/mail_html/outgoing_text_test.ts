import assert from "node:assert/strict";
import { outgoingText } from "./outgoing_text.ts";
import { sanitizeOutgoing } from "./sanitize_outgoing.ts";

const TABLE: readonly (readonly [html: string, text: string])[] = [
  ["<div>a</div><div><br></div><div>b</div>", "a\n\nb"],
  ["<div>a</div><div><br></div><div><br></div><div>b</div>", "a\n\n\nb"],
  ["<div>a<br></div><div>b</div>", "a\nb"],
  ["<ul><li>x</li><li>y<ul><li>z</li></ul></li></ul>", " * x\n * y\n   * z"],
  ["<blockquote><div>q</div><div>r</div></blockquote>", "> q\n> r"],
  ['<a href="https://a.example/x">here</a>, go', "here <https://a.example/x>, go"],
  ['<a href="https://b.example/">https://b.example</a>', "https://b.example"],
  ['<a href="https://b.example">b.example</a>', "b.example"],
  ['<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"],
  ['<a href="https://b.example">a.example</a>', "a.example <https://b.example>"],
];

for (const [html, text] of TABLE) {
  Deno.test(`outgoingText() writes ${html} as it is read`, async () => {
    assert.equal((await outgoingText(await sanitizeOutgoing(html))).trimEnd(), text.trimStart());
  });
}
