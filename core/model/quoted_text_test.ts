import assert from "node:assert/strict";
import { fastestMs } from "../../tests/fakes/fastest_ms.ts";
import fc from "fast-check";
import {
  isAttribution,
  isFullAttribution,
  isHeaderBlock,
  isOriginalMessageLine,
} from "./quote_lines.ts";
import { splitQuotedText } from "./quoted_text.ts";

const ATTRIBUTIONS = [
  "On Tue, Mar 3, 2026 at 10:00 AM Nora <nora@veloce.example> wrote:",
  "On 03.03.26 10:00, Nora wrote:",
  "2026-03-03 10:00 GMT+01:00 Nora <nora@veloce.example>:",
  "Am Di., 3. März 2026 um 10:00 Uhr schrieb Nora <nora@veloce.example>:",
  "Am 03.03.26 um 10:00 schrieb Nora:",
  "Le mar. 3 mars 2026 à 10:00, Nora <nora@veloce.example> a écrit :",
  "El mar, 3 mar 2026 a las 10:00, Nora (<nora@veloce.example>) escribió:",
  "Il giorno mar 3 mar 2026 alle ore 10:00 Nora <nora@veloce.example> ha scritto:",
  "Em ter., 3 de mar. de 2026 às 10:00, Nora <nora@veloce.example> escreveu:",
  "Op di 3 mrt 2026 om 10:00 schreef Nora <nora@veloce.example>:",
  "Den tis 3 mars 2026 kl 10:00 skrev Nora <nora@veloce.example>:",
  "Den tir. 3. mar. 2026 kl. 10.00 skrev Nora <nora@veloce.example>:",
  "ti 3. maalisk. 2026 klo 10.00 Nora (nora@veloce.example) kirjoitti:",
  "wt., 3 mar 2026 o 10:00 Nora <nora@veloce.example> napisał(a):",
  "W dniu 3.03.2026 o 10:00, Nora pisze:",
  "út 3. 3. 2026 v 10:00 odesílatel Nora <nora@veloce.example> napsal:",
  "вт, 3 мар. 2026 г. в 10:00, Nora <nora@veloce.example>:",
  "03.03.2026 10:00, Nora пишет:",
  "Nora <nora@veloce.example>, 3 Mar 2026 Sal, 10:00 tarihinde şunu yazdı:",
  "Nora <nora@veloce.example> ezt írta (időpont: 2026. márc. 3., K, 10:00):",
  "Nora <nora@veloce.example> 于2026年3月3日周二 10:00写道：",
  "2026年3月3日(火) 10:00 Nora <nora@veloce.example>:",
  "2026년 3월 3일 (화) 오전 10:00, Nora <nora@veloce.example>님이 작성:",
  "\u202bבתאריך יום ג׳, 3 במרץ 2026 ב-10:00 מאת \u202aNora\u202c\u200f <\u202anora@veloce.example\u202c\u200f>:\u202c",
  "في الثلاثاء، 3 مارس 2026 في 10:00 كتب Nora:",
];

Deno.test("splitQuotedText() cuts at the introduction in every language, marked or not", () => {
  for (const line of ATTRIBUTIONS) {
    assert.ok(isAttribution(line, "show"), line);
    for (const quoted of ["> Ciao\n> come va?", "Ciao\ncome va?"]) {
      const whole = `Grazie!\n\n${line}\n\n${quoted}`;
      const cut = { text: "Grazie!", quote: `${line}\n\n${quoted}`.trim() };
      // Without marks it takes all that programs write to tell it from the author's own words.
      const isCertain = quoted.startsWith(">") || isFullAttribution(line);
      assert.deepEqual(
        splitQuotedText(whole, "show"),
        isCertain ? cut : { text: whole, quote: "" },
        line,
      );
      assert.deepEqual(splitQuotedText(whole, "cut"), cut, line);
    }
  }
});

Deno.test("splitQuotedText() takes an introduction broken over two lines", () => {
  const broken = "On Tue, Mar 3, 2026 at 10:00 AM Nora Rossi <nora@veloce.example>\nwrote:";

  assert.equal(splitQuotedText(`Yes.\n\n${broken}\n\n> Really?`).text, "Yes.");
  const early = "On Tue, Mar 3, 2026\nat 10:00 Nora Rossi <nora@veloce.example> wrote:";
  assert.equal(splitQuotedText(`Yes.\n\n${early}\n> Really?`).text, "Yes.");
  assert.equal(
    splitQuotedText("Yes.\n\nNora wrote:\n> Really?", "show").text,
    "Yes.\n\nNora wrote:",
  );
  assert.equal(splitQuotedText("Yes.\n\nNora wrote:\n> Really?").text, "Yes.");
  assert.equal(splitQuotedText("Yes.\n> Really?").text, "Yes.");
});

const SEPARATORS = [
  "-----Original Message-----",
  "-----Ursprüngliche Nachricht-----",
  "----- Message d'origine -----",
  "________________________________ Original Message ________________________________",
  "------------------ 原始邮件 ------------------",
  "-----Messaggio originale-----",
  "-------- Oorspronkelijk bericht --------",
];
const BLOCKS = [
  "From: Nora <nora@veloce.example>\nSent: Tuesday, 3 March 2026 10:00\nTo: Giulia\nSubject: Bici",
  "Von: Nora\nGesendet: Dienstag, 3. März 2026 10:00\nAn: Giulia\nBetreff: Bici",
  "De : Nora <nora@veloce.example>\nEnvoyé : mardi 3 mars 2026 10:00\nÀ : Giulia\nObjet : Vélo",
  "*From:* Nora <nora@veloce.example>\n*Date:* Tuesday\n*To:* Giulia\n*Subject:* Bici",
  "发件人: Nora\n发送时间: 2026年3月3日 10:00\n收件人: Giulia\n主题: Bici",
  "差出人: Nora\n送信日時: 2026年3月3日 10:00\n宛先: Giulia\n件名: Bici",
];

Deno.test("splitQuotedText() cuts at separators and header blocks of Outlook and others", () => {
  for (const line of SEPARATORS) {
    assert.ok(isOriginalMessageLine(line), line);
    assert.equal(splitQuotedText(`Danke\n\n${line}\nthe rest`).text, "Danke", line);
  }
  for (const block of BLOCKS) {
    assert.ok(isHeaderBlock(block.split("\n")), block);
    assert.equal(splitQuotedText(`Danke\n\n${block}\n\nthe rest`).text, "Danke", block);
  }
});

const WHOLE = [
  "A plain mail\nwithout any quote.",
  "> Question one?\nAnswer one.\n> Question two?\nAnswer two.",
  "On 3 March 2026 Nora wrote:\n> Really?\n\nYes, really.",
  "> nothing but\n> a quote",
  "On 3 March 2026 Nora wrote:\n> nothing but a quote",
  "I saw what you wrote on 3 March: it is fine.",
  "On Monday I wrote to you:\nthe bike is broken.",
  "See https://x.example/wrote:8080\nand more",
  "From: the shop\nI bought a bike.",
  "To do:\nSubject: maths\nDate: today",
  "Please look.\n\n---------- Forwarded message ---------\nFrom: Ana <a@x.example>\nDate: Tue\nSubject: x\nTo: Giulia\n\nHelp!",
  "",
  "\n\n",
];

Deno.test("splitQuotedText() leaves answers between the lines, prose, forwards and mere quotes alone", () => {
  for (const text of WHOLE) {
    assert.deepEqual(splitQuotedText(text), { text, quote: "" }, text);
    assert.deepEqual(splitQuotedText(text, "show"), { text, quote: "" }, text);
  }
});

Deno.test("splitQuotedText() loses no word", () => {
  const line = fc.constantFrom(
    ...["", "> a", ">> b", "hello", "-- ", ATTRIBUTIONS[0] ?? "", SEPARATORS[0] ?? ""],
    ...(BLOCKS[0] ?? "").split("\n"),
  );
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");
  fc.assert(fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
    const text = lines.join("\n");
    for (const doubt of ["show", "cut"] as const) {
      const { text: written, quote } = splitQuotedText(text, doubt);

      assert.deepEqual([...words(written), ...words(quote)], words(text));
      assert.ok(quote === "" || written !== "");
    }
  }));
});

Deno.test("splitQuotedText() is linear on hostile text", async () => {
  const texts = [
    "\n".repeat(1_000_000),
    ">\n".repeat(500_000),
    `${ATTRIBUTIONS[0]}\n`.repeat(15_000),
    `x\n${ATTRIBUTIONS[0]}\n> q\n`.repeat(10_000) + "end",
    "From: x\n".repeat(100_000),
    "wrote: ".repeat(150_000),
    "On 1 " + "a".repeat(1_000_000) + ":",
    "-".repeat(1_000_000),
    " ".repeat(1_000_000) + ":",
  ];
  for (const text of texts) {
    const elapsedMs = await fastestMs(() => splitQuotedText(text, "show"), 500);
    // A square of these would be minutes.
    assert.ok(elapsedMs < 1_500, `${text.slice(0, 20)} took ${elapsedMs} ms`);
  }
});
