import assert from "node:assert/strict";
import fc from "fast-check";
import { fastestMs } from "../../../tests/fakes/fastest_ms.ts";
import { childOf, readXml } from "./read_xml.ts";

Deno.test("readXml() reads elements, attributes, texts, entities and CDATA", () => {
  const root = readXml(
    `<?xml version="1.0"?><!-- a > b --><a:list one='1 > 0' two="&quot;x&quot;">
      <item/> <item>K&amp;L &#65;&#x42; <![CDATA[<b>]]></item></a:list>`,
  );

  assert.ok(root);
  assert.equal(root.name, "list");
  assert.deepEqual({ ...root.attributes }, { one: "1 > 0", two: '"x"' });
  assert.deepEqual(root.children.map(({ text }) => text), ["", "K&L AB <b>"]);
  assert.equal(childOf(root, "missing"), null);
});

for (
  const text of [
    "",
    "plain text",
    "<a>",
    "<a></b>",
    "</a>",
    "<a/><b/>",
    "<a b='>",
    "<!-- never ends",
    "<![CDATA[ never ends",
    "<a <b/></a>",
    '<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><a>&x;</a>',
    `${"<a>".repeat(30)}${"</a>".repeat(30)}`,
    `<a>${"<b/>".repeat(3_000)}</a>`,
  ]
) {
  Deno.test(`readXml() refuses ${text.slice(0, 40)}`, () => {
    assert.equal(readXml(text), null);
  });
}

Deno.test("readXml() never throws, whatever it is given", () => {
  const piece = fc.constantFrom(
    "<",
    ">",
    "</",
    "/>",
    "a",
    "b",
    "=",
    '"',
    "'",
    "&#x110000;",
    "&",
    " ",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<!",
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
    readXml(pieces.join(""));
  }));
});

Deno.test("readXml() takes time in proportion to the text", async () => {
  const shapes = [
    (n: number) => `<a ${"b".repeat(n)}>`,
    (n: number) => `<a ${"b=".repeat(n)}>`,
    (n: number) => `<a${" ".repeat(n)}b/>`,
    (n: number) => `<a>${"&".repeat(n)}</a>`,
    (n: number) => `<a>${"<!-- x -->".repeat(n / 10)}</a>`,
    (n: number) => "<".repeat(n),
  ];
  for (const shape of shapes) {
    const [small, large] = [shape(12_000), shape(120_000)];
    const unit = Math.max(await fastestMs(() => readXml(small), 0), 0.2);
    const took = await fastestMs(() => readXml(large), unit * 20);

    assert.ok(took < unit * 40, `${small.slice(0, 10)}: ${took} ms after ${unit} ms`);
  }
});
