import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDocument } from "htmlparser2";
import { cleanRich, type ReadNode } from "./clean_rich.ts";
import { richHtml } from "./rich_html.ts";
import { element, isPlain, plainNodes, type RichNode } from "./rich_node.ts";
import { richText } from "./rich_text.ts";

/** The parts of the parser's nodes that a browser's have under other names. */
interface ParsedNode {
  readonly nodeType: number;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly childNodes?: readonly ParsedNode[];
}

function read(node: ParsedNode): ReadNode {
  return {
    nodeType: node.nodeType,
    nodeName: (node.name ?? "#text").toUpperCase(),
    nodeValue: node.data ?? null,
    get childNodes() {
      return (node.childNodes ?? []).map(read);
    },
    getAttribute: (name) => node.attribs?.[name] ?? null,
  };
}

const clean = (html: string) => cleanRich(read(parseDocument(html)));

/** What was pasted, and what it becomes. */
const PASTES: readonly (readonly [what: string, html: string, becomes: string])[] = [
  [
    "a paragraph of Word",
    '<p class="MsoNormal" style="margin:0cm"><b>Price</b><o:p></o:p></p><p class="MsoNormal">&nbsp;</p>',
    "<div><b>Price</b></div><div>&nbsp;</div>",
  ],
  [
    "a list of Word, with one in it",
    '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><!--[if !supportLists]--><span style="mso-list:Ignore">·<span>&nbsp; </span></span><!--[endif]-->One</p>\n' +
    '<p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">a)<span>&nbsp;</span></span>Deep</p>\n' +
    '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>Two</p>',
    "<ul><li>One</li><ol><li>Deep</li></ol><li>Two</li></ul>",
  ],
  [
    "a copy of Google Docs",
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p style="margin-top:0pt;margin-bottom:0pt;"><span style="font-weight:700;font-style:italic">Both</span><span style="font-weight:400"> plain</span></p><ul><li dir="ltr"><p>Item</p></li></ul></b>',
    "<div><b><i>Both</i></b> plain</div><ul><li>Item</li></ul>",
  ],
  [
    "a mail of Outlook with a quote",
    '<div style="font-family:Calibri">Hi<br></div><blockquote type="cite"><div>Before</div></blockquote>',
    "<div>Hi</div><blockquote><div>Before</div></blockquote>",
  ],
  [
    "paragraphs of a page",
    "<h2>Head</h2>\n<p>A</p>\n<p>B</p>",
    "<div><b>Head</b></div><div>A</div><div><br></div><div>B</div>",
  ],
  [
    "a table",
    "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>",
    "<div>a 1 </div><div>b 2 </div>",
  ],
  [
    "struck and coded words",
    "<del>no</del> <kbd>Ctrl</kbd> <span style='text-decoration: line-through'>x</span>",
    "<s>no</s> <code>Ctrl</code> <s>x</s>",
  ],
  [
    "a picture of a server",
    '<img src="https://t.example/x.gif">a<img src="https://t.example/y.gif" alt="Map">',
    "aMap",
  ],
  [
    "a picture that comes along",
    '<img src="cid:file-3" alt="a" width="20" onerror="x()">',
    '<img src="cid:file-3" alt="a" width="20">',
  ],
  [
    "what runs",
    '<a href="java\tscript:x()">a</a><script>b</script><svg><script>c</script></svg><b onclick="x()">d</b>',
    "a<b>d</b>",
  ],
  [
    "addresses of other kinds",
    '<a href="/x">a</a><a href="mailto:a@b.example">b</a><a href="file:///c">c</a>',
    'a<a href="mailto:a@b.example">b</a>c',
  ],
];

for (const [what, html, becomes] of PASTES) {
  Deno.test(`cleanRich() takes over ${what}`, () => {
    assert.equal(richHtml(clean(html)), becomes);
  });
}

Deno.test("cleanRich() ends with what is nested without end", () => {
  assert.equal(richText(clean(`${"<div>".repeat(5_000)}x`)), "");
  assert.equal(richText(clean(`${"<b>".repeat(100)}x`)), "x");
});

const line = fc.string({ unit: "grapheme", maxLength: 20 })
  .map((text) => text.replace(/[\s\u200b\ufeff\u00ad]+/gu, " "));

Deno.test("richText() gives back plain text as it was written", () => {
  fc.assert(fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
    const text = lines.join("\n");
    const nodes = plainNodes(text);
    assert(isPlain(nodes));
    assert.equal(richText(nodes), text);
    // The same through HTML, as drafts are kept.
    assert.equal(richText(clean(richHtml(nodes))), text);
  }));
});

const inline: fc.Arbitrary<RichNode> = fc.letrec<{ node: RichNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    line.filter((text) => text.trim() !== ""),
    fc.tuple(
      fc.constantFrom("b", "i", "s", "code", "mark"),
      fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
    )
      .map(([tag, children]) => element(tag as "b", children)),
    line.filter((text) => text.trim() !== "").map((words) =>
      element("a", [words], { href: 'https://a.example/?q="<&' })
    ),
  ),
})).node;

const block = fc.array(inline, { minLength: 1, maxLength: 3 }).map((children) =>
  element("div", children)
);

Deno.test("richHtml() and cleanRich() are each other's way back", () => {
  fc.assert(fc.property(fc.array(block, { maxLength: 4 }), (nodes) => {
    const html = richHtml(nodes);
    assert.equal(richHtml(clean(html)), html);
  }));
});

Deno.test("richHtml() of anything pasted holds nothing that runs or loads", () => {
  const piece = fc.constantFrom(
    "<p>",
    "</p>",
    "<b onclick=x()>",
    "<img src=https://t.example onerror=x()>",
    "<script>x()</script>",
    '<a href="javascript:x()">',
    "</a>",
    '"><svg onload=x()>',
    "<style>*{}</style>",
    "&lt;script&gt;",
    "words",
    "<!--",
    "-->",
    "<table><td>",
    "<iframe src=//x>",
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
    const html = richHtml(clean(pieces.join("")));
    assert.doesNotMatch(
      html,
      /<(?:script|svg|style|iframe|img)\b|<[^>]*\son\w+=|<[^>]*javascript:/i,
    );
  }));
});

Deno.test("richText() writes lists, quotes and links as anybody reads them", () => {
  const html =
    '<div>See <a href="https://a.example/x">here</a>, <a href="https://b.example">b.example</a></div>' +
    "<ol><li>one</li><li>two<br>lines</li></ol><ul><li>x<ul><li>y</li></ul></li></ul>" +
    "<blockquote><div>said</div><div><br></div></blockquote><pre>a\n  b</pre>";

  assert.equal(
    richText(clean(html)),
    "See here <https://a.example/x>, b.example\n1. one\n2. two\n   lines\n- x\n  - y\n> said\n>\na\n  b",
  );
});
