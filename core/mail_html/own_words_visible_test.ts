/** However customers answer, in whatever language: what they wrote themselves is never folded away. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { escapeHtml } from "../model/escape_html.ts";
import { sanitize } from "./sanitize.ts";
import { splitQuotedText } from "../model/quoted_text.ts";
import { signatureStart } from "../model/signature_lines.ts";
import { splitQuotedHtml, splitSignatureHtml } from "./split_quoted_html.ts";

const ADDRESS = "Nora <nora@veloce.example>";

interface Language {
  readonly name: string;
  /** As mail programs introduce a quote. */
  readonly wrote: readonly string[];
  /** The lines Outlook puts above one. */
  readonly block: readonly string[];
  readonly original: string;
  readonly device: string;
  /** What customers write, with all that looks like a mail program's words. */
  readonly own: readonly string[];
}

const LANGUAGES: readonly Language[] = [
  {
    name: "English",
    wrote: [
      `On Tue, Mar 3, 2026 at 10:00 AM ${ADDRESS} wrote:`,
      "On 03/03/2026 10:00, Nora wrote:",
    ],
    block: [`From: ${ADDRESS}`, "Sent: Tuesday, 3 March 2026 10:00", "To: Ada", "Subject: Bike"],
    original: "-----Original Message-----",
    device: "Sent from my iPhone",
    own: [
      "On 3 March you wrote:",
      "From: Turin",
      "To: Milan",
      "Date: 3 March",
      "Sent from my office, twice.",
    ],
  },
  {
    name: "German",
    wrote: [
      `Am Di., 3. März 2026 um 10:00 Uhr schrieb ${ADDRESS}:`,
      "Am 03.03.26 um 10:00 schrieb Nora:",
    ],
    block: [`Von: ${ADDRESS}`, "Gesendet: Dienstag, 3. März 2026 10:00", "An: Ada", "Betreff: Rad"],
    original: "-----Ursprüngliche Nachricht-----",
    device: "Von meinem iPhone gesendet",
    own: [
      "Am 03.03. haben Sie mir geschrieben:",
      "Von: Turin",
      "An: Mailand",
      "Datum: 3. März",
      "Gesendet von Hand.",
    ],
  },
  {
    name: "French",
    wrote: [`Le mar. 3 mars 2026 à 10:00, ${ADDRESS} a écrit :`],
    block: [`De : ${ADDRESS}`, "Envoyé : mardi 3 mars 2026 10:00", "À : Ada", "Objet : Vélo"],
    original: "----- Message d'origine -----",
    device: "Envoyé de mon iPhone",
    own: [
      "Le 3 mars on m'a écrit :",
      "De : Turin",
      "À : Milan",
      "Date : 3 mars",
      "Objet : un vélo",
    ],
  },
  {
    name: "Spanish",
    wrote: [`El mar, 3 mar 2026 a las 10:00, Nora (<nora@veloce.example>) escribió:`],
    block: [
      `De: ${ADDRESS}`,
      "Enviado: martes, 3 de marzo de 2026 10:00",
      "Para: Ada",
      "Asunto: Bici",
    ],
    original: "-----Mensaje original-----",
    device: "Enviado desde mi iPhone",
    own: ["El 3 de marzo usted escribió:", "De: Turín", "Para: Milán", "Fecha: 3 de marzo"],
  },
  {
    name: "Italian",
    wrote: [`Il giorno mar 3 mar 2026 alle ore 10:00 ${ADDRESS} ha scritto:`],
    block: [`Da: ${ADDRESS}`, "Inviato: martedì 3 marzo 2026 10:00", "A: Ada", "Oggetto: Bici"],
    original: "-----Messaggio originale-----",
    device: "Inviato da iPhone",
    own: ["Il 3 marzo mi ha scritto:", "Da: Torino", "A: Milano", "Data: 3 marzo"],
  },
  {
    name: "Portuguese",
    wrote: [`Em ter., 3 de mar. de 2026 às 10:00, ${ADDRESS} escreveu:`],
    block: [`De: ${ADDRESS}`, "Enviada em: 3 de março de 2026 10:00", "Para: Ada", "Assunto: Bici"],
    original: "-----Mensagem original-----",
    device: "Enviado do meu iPhone",
    own: ["No dia 3 alguém escreveu:", "De: Turim", "Para: Milão", "Data: 3 de março"],
  },
  {
    name: "Dutch",
    wrote: [`Op di 3 mrt 2026 om 10:00 schreef ${ADDRESS}:`],
    block: [
      `Van: ${ADDRESS}`,
      "Verzonden: dinsdag 3 maart 2026 10:00",
      "Aan: Ada",
      "Onderwerp: Fiets",
    ],
    original: "-----Oorspronkelijk bericht-----",
    device: "Verstuurd vanaf mijn iPhone",
    own: ["Op 3 maart schreef u:", "Van: Turijn", "Aan: Milaan", "Datum: 3 maart"],
  },
  {
    name: "Swedish",
    wrote: [`Den tis 3 mars 2026 kl 10:00 skrev ${ADDRESS}:`],
    block: [`Från: ${ADDRESS}`, "Skickat: den 3 mars 2026 10:00", "Till: Ada", "Ämne: Cykel"],
    original: "-----Ursprungligt meddelande-----",
    device: "Skickat från min iPhone",
    own: ["Den 3 mars skrev ni:", "Från: Turin", "Till: Milano", "Datum: 3 mars"],
  },
  {
    name: "Danish",
    wrote: [`Den tir. 3. mar. 2026 kl. 10.00 skrev ${ADDRESS}:`],
    block: [`Fra: ${ADDRESS}`, "Sendt: 3. marts 2026 10:00", "Til: Ada", "Emne: Cykel"],
    original: "-----Oprindelig meddelelse-----",
    device: "Sendt fra min iPhone",
    own: ["Den 3. marts skrev I:", "Fra: Torino", "Til: Milano", "Dato: 3. marts"],
  },
  {
    name: "Polish",
    wrote: [`wt., 3 mar 2026 o 10:00 ${ADDRESS} napisał(a):`],
    block: [`Od: ${ADDRESS}`, "Wysłano: wtorek, 3 marca 2026 10:00", "Do: Ada", "Temat: Rower"],
    original: "-----Oryginalna wiadomość-----",
    device: "Wysłane z iPhone'a",
    own: ["3 marca ktoś napisał:", "Od: Turyn", "Do: Mediolan", "Data: 3 marca"],
  },
  {
    name: "Russian",
    wrote: [`вт, 3 мар. 2026 г. в 10:00, ${ADDRESS}:`, "03.03.2026 10:00, Nora пишет:"],
    block: [`От: ${ADDRESS}`, "Отправлено: 3 марта 2026 г. 10:00", "Кому: Ада", "Тема: Велосипед"],
    original: "-----Исходное сообщение-----",
    device: "Отправлено с iPhone",
    own: ["3 марта мне написали:", "От: Турин", "Кому: Милан", "Дата: 3 марта"],
  },
  {
    name: "Japanese",
    wrote: [`2026年3月3日(火) 10:00 ${ADDRESS}:`],
    block: [`差出人: ${ADDRESS}`, "送信日時: 2026年3月3日 10:00", "宛先: Ada", "件名: 自転車"],
    original: "-----元のメッセージ-----",
    device: "iPhoneから送信",
    own: ["3月3日に作成した注文:", "宛先: ミラノ", "日時: 3月3日", "差出人: トリノ"],
  },
];

/** Words that only their author has, so that each can be looked for. */
const own = (language: Language) =>
  fc.array(
    fc.oneof(
      fc.constantFrom(...language.own),
      fc.constantFrom("https://x.example/wrote:8080", "--", "1. 2. 3.", "Order 10:00:", "* * *"),
      fc.lorem({ maxCount: 6 }),
    ),
    { minLength: 1, maxLength: 4 },
  );
/** What was quoted. */
const old = fc.array(fc.constantFrom("Dear Ada,", "your bike is here", "Nora", ""), {
  minLength: 1,
  maxLength: 5,
});

interface Reply {
  readonly language: Language;
  readonly above: readonly string[];
  readonly between: readonly string[];
  readonly below: readonly string[];
  readonly quotes: readonly [readonly string[], readonly string[]];
  readonly wrote: string;
  readonly signature: readonly string[];
}

const reply = fc.constantFrom(...LANGUAGES).chain((language) =>
  fc.record<Reply>({
    language: fc.constant(language),
    above: fc.oneof(fc.constant([]), own(language)),
    between: fc.oneof(fc.constant([]), own(language)),
    below: fc.oneof(fc.constant([]), own(language)),
    quotes: fc.tuple(old, old),
    wrote: fc.constantFrom(...language.wrote),
    signature: fc.constantFrom([], ["-- ", "Ada", "+39 011 555"], [language.device]),
  })
);

/** Marks each line of the author's, so that none can be taken for another. */
const marked = (lines: readonly string[], place: string) =>
  lines.map((line, index) =>
    line.endsWith(":") ? `${place}${index} ${line}` : `${line} ${place}${index}`
  );

function wordsOf({ above, between, below }: Reply) {
  const places = { above, between, below };
  const lines = Object.entries(places).map(([place, its]) => marked(its, place));
  return {
    lines,
    marks: lines.flat().map((line) => /(?:above|between|below)\d/.exec(line)?.[0] ?? ""),
  };
}

function assertVisible(visible: string, marks: readonly string[], whole: string): void {
  for (const mark of marks) assert.ok(visible.includes(mark), `${mark} is hidden in\n${whole}`);
}

const textStyles = {
  "marked lines": ({ quotes, wrote, signature, ...rest }: Reply) => {
    const [above = [], between = [], below = []] =
      wordsOf({ quotes, wrote, signature, ...rest }).lines;
    const quote = (lines: readonly string[]) => lines.map((line) => `> ${line}`.trimEnd());
    return [
      ...above,
      "",
      wrote,
      ...quote(quotes[0]),
      "",
      ...between,
      "",
      ...quote(quotes[1]),
      ...below,
      ...signature,
    ];
  },
  "marked lines above a signature": ({ quotes, wrote, signature, ...rest }: Reply) => {
    const [above = [], between = []] =
      wordsOf({ quotes, wrote, signature, ...rest, below: [] }).lines;
    return [...above, ...between, ...signature, "", wrote, ...quotes[0].map((line) => `> ${line}`)];
  },
};

/** What a reader sees of a plain text without unfolding anything. */
function visibleText(text: string): string {
  const lines = splitQuotedText(text, "show").text.split("\n");
  return lines.slice(0, signatureStart(lines, "show") ?? lines.length).join("\n");
}

for (const [style, lines] of Object.entries(textStyles)) {
  Deno.test(`a plain answer with ${style} hides no word of its author's, in 12 languages`, () => {
    fc.assert(
      fc.property(reply, (one) => {
        const given = style.includes("signature") ? { ...one, below: [] } : one;
        const text = lines(given).join("\n");

        assertVisible(visibleText(text), wordsOf(given).marks, text);
      }),
      { numRuns: 2_000 },
    );
  });
}

Deno.test("a plain answer above an unmarked quote hides no word, and none below when it speaks of them", () => {
  const pointers = [
    "See my answers below.",
    "Antworten unten.",
    "Réponses ci-dessous.",
    "Ver más abajo.",
  ];
  fc.assert(
    fc.property(reply, fc.constantFrom(...pointers), fc.boolean(), (one, pointer, isBlock) => {
      const { language, quotes, signature } = one;
      const [above = [], between = []] = wordsOf(one).lines;
      const head = isBlock ? language.block : [language.original];
      const top = [...above, ...signature, "", ...head, "", ...quotes[0]].join("\n");
      const inline = [pointer, "", ...head, "", ...quotes[0], ...between, ...quotes[1]].join("\n");

      assertVisible(visibleText(top), marked(one.above, "above").map((line) => markIn(line)), top);
      assertVisible(visibleText(inline), marked(one.between, "between").map(markIn), inline);
    }),
    { numRuns: 2_000 },
  );
});

const markIn = (line: string) => /(?:above|between|below)\d/.exec(line)?.[0] ?? "";
const p = (lines: readonly string[]) =>
  lines.map((line) => `<div>${escapeHtml(line) || "<br>"}</div>`).join("");

/** As each program writes an answer that stands above, between and below what it quotes. */
const htmlStyles: Readonly<Record<string, (one: Reply) => string>> = {
  Gmail: (one) => {
    const [above = [], between = [], below = []] = wordsOf(one).lines;
    const quote = (lines: readonly string[]) =>
      `<blockquote class="gmail_quote">${p(lines)}</blockquote>`;
    return `<div dir="ltr">${p(above)}</div><br><div class="gmail_quote gmail_quote_container">
      <div dir="ltr" class="gmail_attr">${escapeHtml(one.wrote)}<br></div>${quote(one.quotes[0])}${
      p(between)
    }
      ${quote(one.quotes[1])}</div>${p(below)}`;
  },
  "Gmail, split": (one) => {
    const [above = [], between = [], below = []] = wordsOf(one).lines;
    const quote = (lines: readonly string[]) =>
      `<div class="gmail_quote"><blockquote class="gmail_quote">${p(lines)}</blockquote></div>`;
    return `${p(above)}<div class="gmail_attr">${escapeHtml(one.wrote)}</div>${
      quote(one.quotes[0])
    }${p(between)}
      ${quote(one.quotes[1])}${p(below)}<div class="gmail_signature">${p(one.signature)}</div>`;
  },
  "Apple Mail": (one) => {
    const [above = [], between = [], below = []] = wordsOf(one).lines;
    const quote = (inner: string) => `<blockquote type="cite">${inner}</blockquote>`;
    return `<div>${p(above)}<div><br>${quote(p([one.wrote]) + p(one.quotes[0]))}</div>${p(between)}
      ${quote(p(one.quotes[1]))}${p(below)}</div>`;
  },
  Thunderbird: (one) => {
    const [above = [], between = [], below = []] = wordsOf(one).lines;
    const quote = (lines: readonly string[]) =>
      `<blockquote type="cite" cite="mid:x">${p(lines)}</blockquote>`;
    return `${p(above)}<div class="moz-cite-prefix">${escapeHtml(one.wrote)}<br></div>${
      quote(one.quotes[0])
    }
      ${p(between)}${quote(one.quotes[1])}${p(below)}<pre class="moz-signature">-- \n${
      p(one.signature)
    }</pre>`;
  },
  "an indented passage of the author's own": (one) => {
    const [above = [], between = [], below = []] = wordsOf(one).lines;
    return `${p(above)}<blockquote style="margin:0 0 0 40px">${p(between)}${p(below)}</blockquote>`;
  },
  "Outlook, answered above": (one) => {
    const [above = []] = wordsOf(one).lines;
    return `<div class="WordSection1">${
      p(above)
    }<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
      ${p(one.language.block)}</div>${p(one.quotes[0])}</div>`;
  },
  "Outlook, answered in the text": (one) => {
    const [, between = []] = wordsOf(one).lines;
    return `<div>See below in red.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">
      ${p(one.language.block)}</div>${p(one.quotes[0])}${p(between)}${p(one.quotes[1])}`;
  },
};

for (const [program, html] of Object.entries(htmlStyles)) {
  Deno.test(`an answer of ${program} hides no word of its author's, in 12 languages`, async () => {
    await fc.assert(
      fc.asyncProperty(reply, async (one) => {
        const given = program === "Outlook, answered above"
          ? { ...one, between: [], below: [] }
          : program === "Outlook, answered in the text"
          ? { ...one, above: [], below: [] }
          : one;
        const clean = (await sanitize(html(given), { images: "block", cid: () => null })).html;
        const { visible } = splitSignatureHtml(splitQuotedHtml(clean, "show").visible);

        assertVisible(visible, wordsOf(given).marks, clean);
      }),
      { numRuns: 300 },
    );
  });
}

Deno.test("quotes and signatures that are certain are folded, in 12 languages", async () => {
  for (const { name, wrote, block, device } of LANGUAGES) {
    for (const line of wrote) {
      const text = `Words\n\n-- \nAda\n\n${line}\n> Old`;
      assert.equal(visibleText(text).trim(), "Words", `${name}: ${line}`);
      const html = `<p>Words</p><p>${escapeHtml(line)}</p><blockquote>Old</blockquote>`;
      const clean = (await sanitize(html, { images: "block", cid: () => null })).html;
      assert.equal(splitQuotedHtml(clean, "show").visible, "<p>Words</p>", `${name}: ${line}`);
    }
    assert.equal(visibleText(`Words\n\n${block.join("\n")}\n\nOld`).trim(), "Words", name);
    assert.equal(visibleText(`Words\n\n${device}`).trim(), "Words", name);
  }
});
