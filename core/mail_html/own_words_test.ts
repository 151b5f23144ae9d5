import assert from "node:assert/strict";
import fc from "fast-check";
import { ownWords } from "./own_words.ts";

const LINE = "Write your answer above this line";
/** The mail that is answered, as the clients below quote it. */
const HTML = `<div class="parley_history"><p>${LINE}</p><p>Anna wrote:</p><p>Is it broken?</p>` +
  `<p>Reply to this mail to answer.</p></div>`;
const TEXT = [LINE, "", "Anna wrote:", "Is it broken?", "", "Reply to this mail to answer."];
const QUOTED = TEXT.map((line) => `> ${line}`.trimEnd());

const CLIENTS: Readonly<Record<string, string>> = {
  Gmail:
    `<div dir="ltr"><div>It is <b>mended</b>.</div><div><br></div><span class="gmail_signature_prefix">-- </span><br>` +
    `<div dir="ltr" class="gmail_signature">Nora Visser<br>+31 6 12345678</div></div><br>` +
    `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, 2 Mar 2026 at 10:00, Parley ` +
    `&lt;<a href="mailto:p@x.example">p@x.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">${HTML}</blockquote></div>`,
  "Apple Mail":
    `<html><body><div>It is <b>mended</b>.</div><br id="lineBreakAtBeginningOfSignature"><div>Sent from my iPhone</div>` +
    `<div><br><blockquote type="cite">On 2 Mar 2026, at 10:00, Parley &lt;p@x.example&gt; wrote:<br><br></blockquote></div>` +
    `<blockquote type="cite"><div>${HTML}</div></blockquote></body></html>`,
  "Outlook for Windows":
    `<div class="WordSection1"><p class="MsoNormal">It is <b>mended</b>.<o:p></o:p></p>` +
    `<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Parley ` +
    `&lt;p@x.example&gt;<br><b>Sent:</b> Monday, 2 March 2026 10:00<br><b>To:</b> Nora<br><b>Subject:</b> [#1] Anna</p></div>` +
    `${HTML}</div>`,
  "Outlook on the web":
    `<div class="elementToProof">It is <b>mended</b>.</div><div id="Signature">Nora Visser, Veloce</div>` +
    `<div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><b>From:</b> Parley<br>` +
    `<b>Sent:</b> Monday<br><b>To:</b> Nora<br><b>Subject:</b> x</div>${
      HTML.replace("parley", "x_parley")
    }`,
  Thunderbird:
    `<html><body><p>It is <b>mended</b>.</p><div class="moz-cite-prefix">On 02/03/2026 10:00, Parley wrote:<br></div>` +
    `<blockquote type="cite" cite="mid:x">${HTML}</blockquote><pre class="moz-signature" cols="72">-- \nNora</pre></body></html>`,
  Yahoo:
    `<div class="ydp1 yahoo-style-wrap"><div>It is <b>mended</b>.</div></div><div id="ydp2yahoo_quoted_1" class="ydp2yahoo_quoted">` +
    `<div>On Monday, 2 March 2026 at 10:00, Parley &lt;p@x.example&gt; wrote:</div>${HTML}</div>`,
  Proton:
    `<div>It is <b>mended</b>.</div><div class="protonmail_signature_block"><div>Nora Visser</div></div>` +
    `<div class="protonmail_quote">On Monday, March 2nd, 2026 at 10:00, Parley &lt;p@x.example&gt; wrote:<br>` +
    `<blockquote class="protonmail_quote">${HTML}</blockquote></div>`,
  "a client that marks nothing": `<p>It is <b>mended</b>.</p><p>On 2 Mar 2026 Parley wrote:</p>${
    HTML.replace(/ class="[^"]*"/, "")
  }`,
  "Thunderbird, written below":
    `<div class="moz-cite-prefix">On 02/03/2026 10:00, Parley wrote:<br></div>` +
    `<blockquote type="cite">${HTML}</blockquote><p>It is <b>mended</b>.</p>`,
};

for (const [client, html] of Object.entries(CLIENTS)) {
  Deno.test(`ownWords() leaves what was written in ${client}, and nothing else`, async () => {
    const own = await ownWords({ text: "", html }, LINE);

    assert.equal(own.text.trim(), "It is mended.");
    assert.match(own.html ?? "", /It is <b>mended<\/b>\./);
    assert.doesNotMatch(own.html ?? "", /Anna|Parley|Nora|iPhone|wrote|Write your/);
  });
}

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  "above the quote": ["It is mended.", "", "On 2 Mar 2026, Parley <p@x.example> wrote:", ...QUOTED],
  "above a broken introduction": [
    "It is mended.",
    "",
    "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Parley",
    "<p@x.example>:",
    ...QUOTED,
  ],
  "below the quote": ["On 2 Mar 2026, Parley wrote:", ...QUOTED, "", "It is mended."],
  "above Outlook's header": [
    ...["It is mended.", "", "From: Parley <p@x.example>", "Sent: Monday", "To: Nora"],
    ...["Subject: [#1] Anna", "", ...TEXT],
  ],
  "above an unmarked quote": ["It is mended.", "", ...TEXT],
  "above a signature": ["It is mended.", "", "-- ", "Nora Visser", "+31 6 12345678"],
  "on a phone": ["It is mended.", "", "Von meinem iPhone gesendet", "", ...QUOTED],
};

for (const [where, lines] of Object.entries(TEXTS)) {
  Deno.test(`ownWords() leaves what was written as text ${where}`, async () => {
    const own = await ownWords({ text: lines.join("\r\n"), html: "" }, LINE);

    assert.deepEqual({ text: own.text, html: own.html }, { text: "It is mended.", html: null });
  });
}

Deno.test("ownWords() gives answers between the quoted lines without these", async () => {
  const lines = ["> Is it broken?", "Yes.", "> When?", "On Monday.", "> Write your answer"];
  const own = await ownWords({ text: lines.join("\n"), html: "" }, LINE);

  assert.equal(own.text, "Yes.\nOn Monday.");
});

Deno.test("ownWords() gives nothing of a mail in which they cannot be told from the quote", async () => {
  const html = `<div>${LINE}</div><div>Is it broken?</div><div>It is mended.</div>`;
  assert.deepEqual((await ownWords({ text: "", html }, LINE)).text, "");
  assert.deepEqual((await ownWords({ text: [...TEXT, "Hi"].join("\n"), html: "" }, LINE)).text, "");
});

Deno.test("ownWords() tells images among the words from those of signature and quote", async () => {
  const html =
    `<p>Look: <img src="cid:photo@1"></p><div class="gmail_signature"><img src='cid:logo'></div>` +
    `<blockquote type="cite"><img src=cid:theirs></blockquote>`;
  const own = await ownWords({ text: "", html }, LINE);

  assert.deepEqual([...own.images], ["photo@1"]);
  assert.deepEqual([...own.droppedImages].sort(), ["logo", "theirs"]);
  assert.doesNotMatch(own.html ?? "", /<img/);
});

Deno.test("ownWords() takes anything, and never lets the mail that is answered through", async () => {
  const piece = fc.constantFrom(
    ...[
      "<div>",
      "</div>",
      "<blockquote type=cite>",
      "</blockquote>",
      "Words ",
      LINE,
      "<br>",
      "-- ",
    ],
    ...["<div id=Signature>", "On 2 Mar 2026 x wrote:", "<p>", "> ", "\n", "<hr>", "<b>", "</p>"],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
      const body = pieces.join("");
      for (const mail of [{ text: body, html: "" }, { text: "", html: body }]) {
        const own = await ownWords(mail, LINE);
        assert.ok(!own.text.includes(LINE));
        assert.ok(!(own.html ?? "").includes(LINE));
      }
    }),
    { numRuns: 300 },
  );
});
