/** What the composer writes, through the server's sanitiser and back. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { outgoingText, sanitizeOutgoing } from "../../core/mail_html/mod.ts";
import { richHtml } from "../../islands/(_client)/workspace/editor/rich_html.ts";
import {
  element,
  plainNodes,
  type RichNode,
} from "../../islands/(_client)/workspace/editor/rich_node.ts";

const words = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 })
  .map((text) => text.replace(/\s+/g, " ")).filter((text) => text.trim() !== "");

const inline: fc.Arbitrary<RichNode> = fc.letrec<{ node: RichNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    words,
    fc.tuple(
      fc.constantFrom("b", "i", "s", "code", "mark"),
      fc.array(tie("node"), { minLength: 1, maxLength: 2 }),
    )
      .map(([tag, children]) => element(tag as "b", children)),
    words.map((text) => element("a", [text], { href: "https://a.example/?x=1&y=2" })),
    fc.constant(element("img", [], { src: "cid:att_1", alt: "a" })),
  ),
})).node;

const line = fc.array(inline, { minLength: 1, maxLength: 3 });
const block = fc.oneof(
  line.map((children) => element("div", children)),
  fc.array(line, { minLength: 1, maxLength: 3 })
    .map((items) => element("ul", items.map((children) => element("li", children)))),
  line.map((children) => element("blockquote", [element("div", children)])),
);

/** The sanitiser's way to write the same: sorted attributes, closed elements, characters in place of names. */
const normal = (html: string) =>
  html.replaceAll(
    /<(img|br)\b([^>]*?) ?\/?>/g,
    (_, tag: string, given: string) =>
      `<${tag}${[...given.matchAll(/ [\w-]+="[^"]*"/g)].map(([one]) => one).sort().join("")}>`,
  )
    .replaceAll("&quot;", '"').replaceAll("&nbsp;", "\u00a0");

Deno.test("sanitizeOutgoing() leaves all that the composer can write as it is", async () => {
  await fc.assert(fc.asyncProperty(fc.array(block, { maxLength: 4 }), async (nodes) => {
    const html = richHtml(nodes);
    assert.equal(normal(await sanitizeOutgoing(html)), normal(html));
  }));
});

Deno.test("sanitizeOutgoing() finds nothing more to take out of what it has made", async () => {
  const piece = fc.constantFrom(
    ...[
      "<p>",
      "</p>",
      '<b onclick="x()">',
      "</b>",
      '<img src="https://t.example/x" onerror=x()>',
      "<script>",
      "</script>",
    ],
    ...[
      '<a href="javascript:x()">',
      "</a>",
      "<svg onload=x()>",
      '<td style="background:url(x)">',
      "&lt;b&gt;",
      "words",
      "<!--",
      "-->",
    ],
  );
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 10 }), async (pieces) => {
    const once = await sanitizeOutgoing(pieces.join(""));
    assert.equal(await sanitizeOutgoing(once), once);
    assert.doesNotMatch(once, /<script|<svg|\son\w+=|javascript:/i);
  }));
});

Deno.test("outgoingText() reads plain lines as they were written", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(words.map((text) => text.trim()), { minLength: 1, maxLength: 4 }),
      async (lines) => {
        const text = lines.join("\n");
        assert.equal(await outgoingText(await sanitizeOutgoing(richHtml(plainNodes(text)))), text);
      },
    ),
  );
});
