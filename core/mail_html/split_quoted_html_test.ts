import assert from "node:assert/strict";
import { fastestMs } from "../../tests/fakes/fastest_ms.ts";
import fc from "fast-check";
import { frameDocument } from "./frame_document.ts";
import { sanitize } from "./sanitize.ts";
import { splitQuotedHtml } from "./split_quoted_html.ts";

const split = async (html: string) => {
  const clean = await sanitize(html, { images: "block", cid: () => null });
  const shown = splitQuotedHtml(clean.html, "show");
  // What is certain to be a quote is one in doubt as well.
  if (shown.quoted !== null) assert.deepEqual(splitQuotedHtml(clean.html), shown);
  return shown;
};
const words = (html: string) => html.replace(/<[^>]*>/g, " ").split(/\s+/).filter(Boolean);

const WROTE = "On Tue, Mar 3, 2026 at 10:00 AM Nora &lt;nora@veloce.example&gt; wrote:";
/** As each mail program writes a reply above a quote. */
const REPLIES: Readonly<Record<string, string>> = {
  "our own history": `<div>New</div><div class="m_-42parley_history m_-42parley_17_abc">
    <div>On Mon, 02 Mar 2026 12:00 UTC, Ada wrote:</div><blockquote>Old</blockquote></div>`,
  Gmail: `<div dir="ltr">New</div><br><div class="gmail_quote gmail_quote_container">
    <div dir="ltr" class="gmail_attr">${WROTE}<br></div>
    <blockquote class="gmail_quote" style="margin:0">Old</blockquote></div>`,
  "Apple Mail":
    `<html><body>New<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite">
    <div>${WROTE}</div><br><div>Old</div></blockquote></div><br></body></html>`,
  Thunderbird: `<p>New</p><div class="moz-cite-prefix">Am 03.03.26 um 10:00 schrieb Nora:<br></div>
    <blockquote type="cite" cite="mid:x"><p>Old</p></blockquote>`,
  "Outlook on the web": `<div>New</div><div id="appendonsend"></div><hr style="width:98%">
    <div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Nora<br><b>Sent:</b> Tuesday<br><b>To:</b> G<br></div>
    <div>Old</div>`,
  "Outlook on the desktop": `<div class="WordSection1"><p class="MsoNormal">New</p><div>
    <div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
    <p class="MsoNormal"><b>Von:</b> Nora<br><b>Gesendet:</b> Dienstag<br><b>An:</b> G<br><b>Betreff:</b> B</p>
    </div></div><p>Old</p></div>`,
  Yahoo:
    `<div>New</div><div id="ydpyahoo_quoted_1" class="yahoo_quoted"><div>${WROTE}</div><div>Old</div></div>`,
  Proton:
    `<div>New</div><div class="protonmail_quote">${WROTE}<blockquote type="cite">Old</blockquote></div>`,
  GMX:
    `<div>New</div><div name="quote" style="margin:10px 5px"><div>${WROTE}</div><div>Old</div></div>`,
  Zimbra: `<div>New<br><hr data-marker="__DIVIDER__"><b>From: </b>Nora<br>Old</div>`,
  QQ: `<div>New</div><div>------------------ 原始邮件 ------------------</div><div>Old</div>`,
  "no marks but words":
    `<p>New</p><p>Le mar. 3 mars 2026 à 10:00, Nora &lt;nora@veloce.example&gt; a écrit&nbsp;:</p><p>Old</p>`,
  "a bare header block":
    `<p>New</p><p>From: Nora<br>Sent: Tuesday, 3 March 2026 10:00<br>To: G<br>Subject: B</p><p>Old</p>`,
  "an unmarked blockquote": `<p>New</p><p>${WROTE}</p><blockquote><p>Old</p></blockquote>`,
};

for (const [program, html] of Object.entries(REPLIES)) {
  Deno.test(`splitQuotedHtml() folds a reply written with ${program}`, async () => {
    const { visible, quoted } = await split(html);

    assert.deepEqual(words(visible), ["New"]);
    assert.ok(words(quoted ?? "").includes("Old"));
  });
}

const WHOLE: Readonly<Record<string, string>> = {
  "a plain mail": "<p>New</p><p>more</p>",
  "answers between quotes": `<blockquote type="cite">One?</blockquote><p>Yes.</p>
    <blockquote type="cite">Two?</blockquote><p>No.</p>`,
  "an answer below": `<p>${WROTE}</p><blockquote type="cite">Old</blockquote><p>New</p>`,
  "nothing but a quote": `<div class="gmail_quote">${WROTE}<blockquote>Old</blockquote></div>`,
  "a forwarded mail":
    `<p>Please look.</p><div class="gmail_quote">---------- Forwarded message ---------<br>
    From: Ana<br>Date: Tue<br>Subject: x<br>To: G<br><br>Help!</div>`,
  "prose about writing": "<p>On 3 March you wrote: it works.</p><p>It does not.</p>",
  "an empty mail": "",
};

for (const [what, html] of Object.entries(WHOLE)) {
  Deno.test(`splitQuotedHtml() does not cut ${what}`, async () => {
    assert.equal((await split(html)).quoted, null);
  });
}

Deno.test("splitQuotedHtml() loses no word and leaves both parts well formed", async () => {
  const piece = fc.constantFrom(
    ...["<p>New</p>", "text ", "<br>", "<div>", "</div>", "<table><tr><td>x", "</table>", "<hr>"],
    ...["<blockquote>", "</blockquote>", '<div class="gmail_quote">', '<div id="appendonsend">'],
    ...[
      `<p>${WROTE}</p>`,
      "<p>-----Original Message-----</p>",
      "<b>",
      "<i>i</i>",
      "<img src=cid:x>",
    ],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
      const clean = (await sanitize(pieces.join(""), { images: "block", cid: () => "/x" })).html;
      for (const doubt of ["show", "cut"] as const) {
        const { visible, quoted } = splitQuotedHtml(clean, doubt);

        assert.deepEqual([...words(visible), ...words(quoted ?? "")], words(clean));
        for (const part of [visible, quoted ?? ""]) {
          const again = (await sanitize(part, { images: "block", cid: () => "/x" })).html;
          assert.equal(again.match(/<\w/g)?.length, part.match(/<\w/g)?.length, part);
        }
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("splitQuotedHtml() is linear on hostile mails", async () => {
  const mails = [
    "<p>x</p>".repeat(50_000),
    `<p>${WROTE}</p>`.repeat(5_000) + "<blockquote>q</blockquote>x",
    "x" + "<blockquote>q</blockquote>x".repeat(20_000),
    "<blockquote>".repeat(900) + "q",
    "x<hr>".repeat(50_000) + "<div id=appendonsend>q</div>",
    "<p>x</p>" + "<br>".repeat(100_000) + "<blockquote type=cite>q</blockquote>",
    "<div class=gmail_quote>q</div>".repeat(10_000),
    "<p>From: a</p>".repeat(20_000),
    "x" + "<blockquote>forwarded message</blockquote>".repeat(20_000),
    "x" + "<br>forwarded message<hr data-marker=__DIVIDER__>".repeat(10_000),
  ];
  for (const html of mails) {
    const clean = (await sanitize(html, { images: "block", cid: () => null })).html;
    const elapsedMs = await fastestMs(() => splitQuotedHtml(clean, "show"), 500);
    // A square of these would be minutes.
    assert.ok(elapsedMs < 1_500, `${html.slice(0, 40)} took ${Math.round(elapsedMs)} ms`);
  }
});

Deno.test("frameDocument() folds the quote, tells blocked images and puts coloured mail on paper", () => {
  const plain = frameDocument({
    html: '<p>New</p><div data-quote="block">Old</div>',
    blockedImages: 3,
    quotedLabel: "Zitat <1>",
    language: "de",
  });
  assert.match(
    plain,
    /^<!doctype html>\n<html data-blocked-images="3" data-trackers="0" data-images="blocked">/,
  );
  assert.match(
    plain,
    /<p>New<\/p><\/div>\n<details class="quote"><summary lang="de">Zitat &lt;1&gt;<\/summary>/,
  );
  assert.match(plain, /script-src 'none'/);

  const isPaper = (html: string) => frameDocument({ html }).includes("data-paper>");
  assert.equal(isPaper('<p style="margin:0;color:#000">x</p>'), true);
  assert.equal(isPaper('<table bgcolor="#fff"></table>'), true);
  assert.equal(isPaper('<p style="margin:0">color="red" background</p>'), false);
});
