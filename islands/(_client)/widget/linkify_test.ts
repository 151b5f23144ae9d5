import assert from "node:assert/strict";
import fc from "fast-check";
import { linkify } from "./linkify.ts";

Deno.test("linkify() finds web addresses and leaves the rest", () => {
  const cases: readonly [string, readonly string[]][] = [
    ["See https://a.test/x?y=1#z.", ["https://a.test/x?y=1#z"]],
    ["(http://a.test) and HTTPS://B.test!", ["http://a.test", "HTTPS://B.test"]],
    ["https://en.test/wiki/A_(b)", ["https://en.test/wiki/A_(b)"]],
    ["javascript:alert(1) ftp://a.test //a.test https://", []],
    ['https://a.test/"onclick=x', ["https://a.test/"]],
  ];
  for (const [text, links] of cases) {
    assert.deepEqual(linkify(text).flatMap(({ href }) => href ?? []), links, text);
  }
});

Deno.test("linkify() loses nothing, and links only to http and https", () => {
  const part = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom("https://", " ", "javascript:"));
  fc.assert(fc.property(fc.array(part), (parts) => {
    const text = parts.join("");
    const pieces = linkify(text);
    assert.equal(pieces.map((piece) => piece.text).join(""), text);
    for (const { href } of pieces) assert.match(href ?? "http://", /^https?:\/\//i);
  }));
});
