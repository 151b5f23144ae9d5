import assert from "node:assert/strict";
import { fastestMs } from "../../tests/fakes/fastest_ms.ts";
import { cleanStyle } from "./clean_style.ts";
import { imageSource, safeLink } from "./mail_links.ts";
import { isNestedTooDeeply, MAX_NESTING } from "./nesting_guard.ts";
import { sanitize, type SanitizeOptions } from "./sanitize.ts";
import { sanitizeOutgoing } from "./sanitize_outgoing.ts";
import { stripTags } from "./strip_tags.ts";
import { htmlToText } from "./html_to_text.ts";
import { textToHtml } from "./text_to_html.ts";

const clean = async (html: string, options: Partial<SanitizeOptions> = {}) =>
  (await sanitize(html, { images: "block", cid: () => null, ...options })).html;

Deno.test("sanitize() keeps what mails are made of", async () => {
  const mail = '<p style="color:#333;margin:0 0 8px">Hi <b>you</b>,</p>' +
    '<table width="600" bgcolor="#ffffff"><tbody><tr><td align="center">x</td></tr></tbody></table>' +
    "<ul><li>one</li></ul><blockquote>q</blockquote><pre>a  b</pre>";

  assert.equal(await clean(mail), mail);
});

const REMOVED: readonly [html: string, result: string][] = [
  ["<script>alert(1)</script>x", "x"],
  ["<style>p{color:red}</style>x", "x"],
  ["<title>t</title>x", "x"],
  ["<p onclick=alert(1) id=a class=b>x</p>", "<p>x</p>"],
  ["<form action=/a><input name=b><textarea>t</textarea><button>c</button>x</form>", "x"],
  ["<iframe src=//a.b>y</iframe>x", "x"],
  ["<object data=a><embed src=b>y</object>x", "x"],
  ["<svg><a href=x><text>y</text></a></svg>x", "x"],
  ["<math><mi>y</mi></math>x", "x"],
  ["<base href=//a.b><meta http-equiv=refresh content=0><link rel=stylesheet href=a>x", "x"],
  ["<a href='javascript:alert(1)'>x</a>", "<a>x</a>"],
  ["<a href='java\nscript:alert(1)'>x</a>", "<a>x</a>"],
  ["<a href='data:text/html,x'>x</a>", "<a>x</a>"],
  ["<a href='/settings'>x</a>", "<a>x</a>"],
  ["<img src='data:image/svg+xml;base64,AAAA' alt=x>", '<img alt="x" />'],
  ["<img src=x.png alt=x>", '<img alt="x" />'],
  ["<p style='background:url(//a.b)'>x</p>", "<p>x</p>"],
  ["<div data-quote=cut data-blocked>x</div>", "<div>x</div>"],
  ["<video src=a><source src=b>y</video>x", "x"],
  ["<template><img src=x onerror=alert(1)></template>x", "x"],
  ["<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>x", "x"],
];

Deno.test("sanitize() takes out whatever runs, loads, submits or is foreign", async () => {
  for (const [html, result] of REMOVED) {
    const cleaned = await clean(html);
    assert.doesNotMatch(cleaned, /onerror=|javascript:|<script|<iframe/i, html);
    if (!html.startsWith("<noscript")) assert.equal(cleaned, result, html);
  }
});

Deno.test("sanitize() opens links apart and says nothing about where they were clicked", async () => {
  assert.equal(
    await clean('<a href="https://a.example/?q=1&amp;r=2" target=_self>x</a>'),
    '<a href="https://a.example/?q=1&amp;r=2" target="_blank" rel="noopener noreferrer nofollow">x</a>',
  );
});

Deno.test("sanitize() shows inline images, blocks remote ones and drops tracking pixels", async () => {
  const mail =
    '<img src="cid:a%40b"><img src="cid:gone" alt="g"><img src="https://x.example/1.png">' +
    '<img src="//x.example/2.png"><img src="https://x.example/t.gif" width="1" height="1">' +
    '<img src="data:image/png;base64,AAAA">';
  const cid = (id: string) => id === "a@b" ? "/files/1" : null;
  const blocked = await sanitize(mail, { images: "block", cid });
  const allowed = await sanitize(mail, { images: "allow", cid });

  assert.equal(blocked.blockedImages, 2);
  assert.equal(
    blocked.html,
    '<img src="/files/1" /><img alt="g" /><img data-blocked /><img data-blocked />' +
      '<img src="data:image/png;base64,AAAA" />',
  );
  assert.equal(allowed.blockedImages, 0);
  assert.match(allowed.html, /src="https:\/\/x\.example\/1\.png" referrerpolicy="no-referrer"/);
  assert.match(allowed.html, /src="https:\/\/x\.example\/2\.png"/);
  assert.doesNotMatch(allowed.html, /t\.gif/);
});

const TRACKERS: readonly (readonly [attributes: string, isTracker: boolean])[] = [
  ["width=1 height=1", true],
  ["width=0", true],
  ["width='1px' height=2", true],
  ["style='width:1px;height:1px !important'", true],
  ["style='display: none'", true],
  ["style='border:0;VISIBILITY:hidden'", true],
  ["style='opacity:0'", true],
  ["style='max-height:0;overflow:hidden'", true],
  ["hidden", true],
  ["", false],
  ["width=1 height=40", false],
  ["width='100%' height=1", false],
  ["width=600 style='width:100%;height:auto'", false],
  ["style='opacity:0.9;display:block'", false],
  ["width=abc", false],
];

Deno.test("sanitize() counts images nobody would see as trackers, and never lets them load", async () => {
  for (const [attributes, isTracker] of TRACKERS) {
    const html = `<p>a<img src="https://x.example/o" ${attributes}></p>`;
    for (const images of ["block", "allow"] as const) {
      const clean = await sanitize(html, { images, cid: () => null });
      assert.equal(clean.trackers, isTracker ? 1 : 0, attributes);
      assert.equal(clean.blockedImages, isTracker || images === "allow" ? 0 : 1, attributes);
      assert.equal(clean.html.includes("<img"), !isTracker, attributes);
    }
  }
  const inline = '<img src="cid:dot" width=1 height=1>';
  assert.equal(
    await clean(inline, { cid: () => "/dot" }),
    '<img width="1" height="1" src="/dot" />',
  );
});

Deno.test("sanitize() gives text for HTML that is nested too deeply or too long, in under a second", async () => {
  for (
    const hostile of ["<div>".repeat(200_000), "<p>x</p>".repeat(300_000), "<b>".repeat(1_001)]
  ) {
    let html = "";
    const ms = await fastestMs(async () => {
      html = await clean(hostile + "still <b>here</b>");
    }, 1_000);
    assert.ok(ms < 1_000, `it took ${Math.round(ms)} ms`);
    assert.match(html, /still here$/);
  }
});

Deno.test("sanitize() is idempotent on its own output", async () => {
  for (const [html] of REMOVED) {
    const once = await clean(html);
    assert.equal(await clean(once), once, html);
  }
});

Deno.test("isNestedTooDeeply() counts as the sanitiser's parser does", async () => {
  const table: readonly [html: string, isDeep: boolean][] = [
    ["<div>".repeat(MAX_NESTING), false],
    ["<div>".repeat(MAX_NESTING + 1), true],
    ["<div></b>".repeat(MAX_NESTING + 1), true],
    ['<div title="</div>">'.repeat(MAX_NESTING + 1), true],
    ["<div><!-- </div> -->".repeat(MAX_NESTING + 1), true],
    ["<li><p>".repeat(MAX_NESTING), true],
    ["<p>".repeat(100_000), false],
    ["<div></div>".repeat(100_000), false],
    ["<br><img>".repeat(100_000), false],
  ];
  for (const [html, isDeep] of table) {
    assert.equal(await isNestedTooDeeply(html), isDeep, html.slice(0, 30));
  }
});

const STYLES: readonly [style: string, kept: string][] = [
  ["color: RED; Font-Size:12px", "color:RED;font-size:12px"],
  [
    "font-family:'Segoe UI', \"Noto Sans\", sans-serif",
    "font-family:'Segoe UI', \"Noto Sans\", sans-serif",
  ],
  ["color:rgb(1, 2, 3);width:calc(100% - 4px)", "color:rgb(1, 2, 3);width:calc(100% - 4px)"],
  ["color:red !important", "color:red !important"],
  ["position:fixed;top:0;z-index:9;transform:none", ""],
  ["background:url(https://x.example)", ""],
  ["background:URL (x);background-image:url(x)", ""],
  ["background:image-set('x' 1x)", ""],
  ["width:expression(alert(1))", ""],
  ["color:r\\65 d;-moz-binding:url(x);behavior:url(x)", ""],
  ["color:/**/red", ""],
  ["font:'a;color:red", "color:red"],
  ["color:red}</style><script>", ""],
  ["color:var(--x)", ""],
  ["mso-line-height-rule:exactly;@import:x", ""],
  ["color:red".repeat(1_000), ""],
];

Deno.test("cleanStyle() keeps looks and nothing that loads, covers or escapes", () => {
  for (const [style, kept] of STYLES) assert.equal(cleanStyle(style), kept, style);
});

Deno.test("safeLink() leads to the web, mail and phones only", () => {
  const table: readonly [href: string, link: string | null][] = [
    ["https://a.example/", "https://a.example/"],
    [" HTTPS://a.example ", "HTTPS://a.example"],
    ["//a.example/x", "https://a.example/x"],
    ["mailto:a@b.example", "mailto:a@b.example"],
    ["tel:+4930123", "tel:+4930123"],
    ["javascript:alert(1)", null],
    ["\u0001javascript:alert(1)", null],
    ["vbscript:x", null],
    ["file:///etc/passwd", null],
    ["https://", null],
    ["#top", null],
    ["x.html", null],
  ];
  for (const [href, link] of table) assert.equal(safeLink(href), link, href);
});

Deno.test("imageSource() tells inline, embedded and remote images from all else", () => {
  const kind = (src: string) => imageSource(src).kind;

  assert.deepEqual(imageSource("CID:a%20b@c"), { kind: "cid", contentId: "a b@c" });
  assert.equal(kind("cid:%zz"), "cid");
  assert.equal(kind("data:image/gif;base64,R0lGOD=="), "data");
  assert.equal(kind("data:image/svg+xml,<svg/>"), "none");
  assert.equal(kind("data:text/html;base64,AAAA"), "none");
  assert.equal(kind("http://x.example/a.png"), "remote");
  assert.equal(kind("/api/v1/session"), "none");
  assert.equal(kind(""), "none");
});

Deno.test("sanitizeOutgoing() lets an agent's formatting out and nothing else", async () => {
  assert.equal(
    await sanitizeOutgoing(
      '<p onclick=x style="color:red">Hi <a href="https://a.example" target=_blank>x</a>' +
        '<img src="cid:pic@x"><img src="/api/v1/attachments/1"><script>x</script></p>',
    ),
    '<p style="color:red">Hi <a href="https://a.example">x</a><img src="cid:pic@x" /></p>',
  );
  assert.equal(await sanitizeOutgoing("<div>".repeat(2_000) + "x"), "x");
});

Deno.test("htmlToText() reads like the mail looked", async () => {
  const html = "<h1>Title</h1><p>One &amp; <a href='https://a.example'>two</a><br>three</p>" +
    "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table><ul><li>x<li>y</ul>" +
    "<blockquote>said</blockquote><img src=a alt=b><style>p{}</style><script>x</script>";

  assert.equal(
    await htmlToText(html),
    "Title\n\nOne & two\nthree\n\na b\nc\n\n * x\n * y\n\n> said",
  );
});

Deno.test("stripTags() finds text in anything", () => {
  const table: readonly [html: string, text: string][] = [
    ["<p>a</p><p>b &lt;c&gt; &#65;&#x42;&nbsp;d</p>", "a\nb <c> AB d"],
    ["1 < 2 <b>and</b> 3 > 2", "1 < 2 and 3 > 2"],
    ["a<!-- <b>hidden</b> -->b<script>var x = '<p>';</script>c", "abc"],
    ["a<style>p{", "a"],
    ["a<b", "a"],
    ["&#0;&#xD800;&#x110000;&bogus;", "&bogus;"],
    ["", ""],
  ];
  for (const [html, text] of table) assert.equal(stripTags(html), text, html);
});

Deno.test("textToHtml() shows text as it is", () => {
  assert.equal(
    textToHtml(`<b>"it's" & more</b>\n  x`),
    "&lt;b&gt;&quot;it&#39;s&quot; &amp; more&lt;/b&gt;<br>\n &nbsp;x",
  );
});
