import assert from "node:assert/strict";
import fc from "fast-check";
import { isSameSubject, plainSubject } from "./plain_subject.ts";

Deno.test("plainSubject() takes prefixes of answers and forwards off, in many languages", () => {
  const table: readonly [string, string][] = [
    ["Re: Shoes", "Shoes"],
    ["RE: AW: Fwd: Shoes", "Shoes"],
    ["Re[2]: Shoes", "Shoes"],
    ["Re (3) : Shoes", "Shoes"],
    ["回复：鞋子", "鞋子"],
    ["Antw:  Re:\tShoes  and   socks", "Shoes and socks"],
    ["Vs: Sv: Odp: Rif: Tr: Wg: Shoes", "Shoes"],
    ["Regarding: Shoes", "Regarding: Shoes"],
    ["Tree: Shoes", "Tree: Shoes"],
    ["Re: Shoes [#12]", "Shoes"],
    ["Re:", ""],
    ["", ""],
  ];
  for (const [subject, plain] of table) assert.equal(plainSubject(subject), plain, subject);
});

Deno.test("plainSubject() of its own result changes nothing, whatever it is given", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const subject = plainSubject(`Re: ${text}`);
    assert.equal(plainSubject(subject), subject);
  }));
});

Deno.test("isSameSubject() passes over prefixes, blanks and case", () => {
  assert.ok(isSameSubject("Re: My  shoes", "my shoes"));
  assert.ok(!isSameSubject("Re: My shoes", "My socks"));
});
