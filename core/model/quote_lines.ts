/**
 * Lines that introduce a quoted message, in the languages mail programs speak. Every pattern is linear: no repetition
 * inside a repetition, and only short texts are looked at.
 */

/** Longer lines are prose. */
const MAX_LENGTH = 300;

const WROTE = new RegExp(
  [
    ...[
      "wrote",
      "schrieb",
      "geschrieben",
      "a écrit",
      "escribió",
      "ha scritto",
      "scrive",
      "escreveu",
    ],
    ...[
      "schreef",
      "skrev",
      "kirjoitti",
      "pisze",
      "napisał",
      "napisala",
      "napsal",
      "napísal",
      "írta",
    ],
    ...[
      "a scris",
      "va escriure",
      "yazdı",
      "написа",
      "пишет",
      "пише",
      "έγραψε",
      "je pisa",
      "je napisa",
    ],
    ...[
      "rašė",
      "rakstīja",
      "kirjutas",
      "đã viết",
      "menulis",
      "เขียน",
      "写道",
      "寫道",
      "作成",
      "作성",
      "작성",
    ],
    ...["書きました", "のメッセージ", "כתב", "מאת", "كتب"],
  ].join("|"),
  "iu",
);
const ADDRESS = /[<(\[][^\s<>()[\]]{1,100}@[^\s<>()[\]]{1,100}[>)\]]/;
/** Mail programs wrap these lines and put marks of direction around names. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * What to do with a line that a mail program may have written, or the author: "show" takes it for the author's, as nothing
 * of theirs may be hidden; "cut" for the program's, as nothing quoted may get through.
 */
export type Doubt = "show" | "cut";

/** A time of day, as mail programs write it: "10:00", "10h00", "kl. 10.00". Not "03.03", which is a date. */
const TIME = /\d{1,2}(?:[:時点시]\s?|[hH])\d{2}|\bkl(?:o|\.)?\s?\d{1,2}[.:]\d{2}/u;

/**
 * "On 3 March 2026 at 10:00, Nora <nora@…> wrote:" and its like: a date, and a verb of writing or an address. People
 * write "on 3 March you wrote:" themselves; in doubt it takes the hour, or an address beside the verb, to be a program's.
 */
export function isAttribution(text: string, doubt: Doubt = "cut"): boolean {
  if (text.length > MAX_LENGTH) return false;
  const line = text.replace(INVISIBLE, "").trim();
  const hasAddress = ADDRESS.test(line);
  const hasVerb = WROTE.test(line);
  if (!/[:：]$/.test(line) || !/\d/.test(line) || !(hasVerb || hasAddress)) return false;
  return doubt === "cut" || TIME.test(line) || (hasVerb && hasAddress);
}

/** An attribution with all that programs write and people do not: the hour and the address in brackets. */
export function isFullAttribution(text: string): boolean {
  return isAttribution(text) && TIME.test(text) && ADDRESS.test(text.replace(INVISIBLE, ""));
}

/** "My answers are below", "in rot": then what a program quoted holds answers that nothing marks. */
const BELOW = new RegExp(
  [
    ...["\\bbelow\\b", "\\binline\\b", "in[- ]between", "\\bin (?:red|blue|green|bold)\\b"],
    ...["\\bunten\\b", "weiter unten", "im text", "\\bin (?:rot|blau|grün|fett)\\b", "darunter"],
    ...["ci-dessous", "plus bas", "en (?:rouge|bleu|vert|gras)", "dans le texte"],
    ...["m[áa]s abajo", "\\babajo\\b", "a continuaci[óo]n", "en (?:rojo|azul|verde|negrita)"],
    ...["qui sotto", "\\bsotto\\b", "di seguito", "in (?:rosso|blu|verde|grassetto)"],
    ...["\\babaixo\\b", "em (?:vermelho|azul|verde|negrito)"],
    ...["hieronder", "onderstaand", "in het (?:rood|blauw|groen)", "in de tekst"],
    ...["\\bnedan\\b", "\\bnedenfor\\b", "\\bherunder\\b", "i (?:rött|rødt|blått|blåt)"],
    ...["\\balla\\b", "alapuolella", "punaisella", "poniżej", "na czerwono", "níže", "červeně"],
    ...[
      "ниже",
      "красным",
      "нижче",
      "aşağıda",
      "kırmızı",
      "下面",
      "以下",
      "如下",
      "红色",
      "下記",
      "赤字",
    ],
    ...["아래", "빨간", "أدناه", "למטה", "בהמשך"],
  ].join("|"),
  "iu",
);

/** Whether words above a quote say that there are answers in it. */
export function pointsBelow(text: string): boolean {
  return BELOW.test(text.slice(-POINTING));
}

/** Longer texts say it near the end, if at all. */
const POINTING = 2_000;

const ORIGINAL = new RegExp(
  `^[-_*=\\s]{2,60}(?:${
    [
      ...["original message", "original appointment", "ursprüngliche nachricht"],
      ...["original[- ]?nachricht", "message d['’]origine", "message original", "mensaje original"],
      ...[
        "messaggio originale",
        "mensagem original",
        "oorspronkelijk bericht",
        "originele bericht",
      ],
      ...["ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse"],
      ...["opprinnelig melding", "alkuperäinen viesti", "oryginalna wiadomość"],
      ...["wiadomość oryginalna", "původní zpráva", "původní e-?mail", "pôvodná správa"],
      ...["исходное сообщение", "оригинальное сообщение", "оригінальне повідомлення"],
      ...[
        "orijinal mesaj",
        "orijinal ileti",
        "eredeti üzenet",
        "mesajul original",
        "mesaj original",
      ],
      ...["原始邮件", "原始郵件", "原邮件", "元のメッセージ", "원본 메시지", "原文"],
    ].join("|")
  })[-_*=\\s:]{0,60}$`,
  "iu",
);

/** "-----Original Message-----" in many languages. */
export function isOriginalMessageLine(text: string): boolean {
  return text.length <= MAX_LENGTH && ORIGINAL.test(text.trim());
}

const FORWARDED = new RegExp(
  [
    ...["forwarded message", "weitergeleitete nachricht", "message transféré", "mensaje reenviado"],
    ...["messaggio inoltrato", "mensagem encaminhada", "doorgestuurd bericht", "vidarebefordrat"],
    ...["videresendt", "przekazana wiadomość", "пересылаемое сообщение", "转发的邮件", "転送"],
    ...["begin forwarded", "anfang der weitergeleiteten", "début du message"],
  ].join("|"),
  "iu",
);

/** Whether a passage starts as a forwarded message, which is what the reader is meant to see. */
export function isForwarded(text: string): boolean {
  return FORWARDED.test(text.slice(0, 200));
}

const FROM = labels([
  ...["from", "von", "de", "da", "van", "fra", "från", "od", "lähettäjä", "от", "від", "kimden"],
  ...[
    "feladó",
    "expeditor",
    "de la",
    "发件人",
    "寄件者",
    "差出人",
    "보낸 사람",
    "보낸사람",
    "מאת",
    "من",
  ],
]);
const OTHER = labels([
  ...["sent", "date", "to", "cc", "subject", "gesendet", "datum", "an", "betreff", "envoyé"],
  ...[
    "envoyé le",
    "à",
    "objet",
    "enviado",
    "enviado el",
    "fecha",
    "para",
    "asunto",
    "inviato",
    "data",
  ],
  ...[
    "a",
    "oggetto",
    "assunto",
    "enviada em",
    "verzonden",
    "aan",
    "onderwerp",
    "sendt",
    "dato",
    "til",
  ],
  ...["emne", "skickat", "till", "ämne", "wysłano", "do", "temat", "odesláno", "komu", "předmět"],
  ...["lähetetty", "päivämäärä", "vastaanottaja", "aihe", "отправлено", "дата", "кому", "тема"],
  ...[
    "надіслано",
    "gönderilme tarihi",
    "tarih",
    "kime",
    "konu",
    "elküldve",
    "dátum",
    "címzett",
    "tárgy",
  ],
  ...[
    "trimis",
    "către",
    "subiect",
    "发送时间",
    "收件人",
    "主题",
    "日期",
    "寄件日期",
    "收件者",
    "主旨",
  ],
  ...[
    "送信日時",
    "日時",
    "宛先",
    "件名",
    "보낸 날짜",
    "받는 사람",
    "제목",
    "날짜",
    "נשלח",
    "אל",
    "נושא",
  ],
]);

const SUBJECT = labels([
  ...["subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "emne", "ämne"],
  ...[
    "temat",
    "předmět",
    "aihe",
    "тема",
    "konu",
    "tárgy",
    "subiect",
    "主题",
    "主旨",
    "件名",
    "제목",
  ],
  ...["נושא", "الموضوع"],
]);

/**
 * Whether a block such as "From: … Sent: … To: … Subject: …" starts at the first of these lines. People write "From:",
 * "To:" and "Date:" of a journey too; in doubt it takes an address, or a subject and the hour, to be a program's.
 * @param lines the line in question and some after it, without markup
 */
export function isHeaderBlock(lines: readonly string[], doubt: Doubt = "cut"): boolean {
  const [first = "", ...rest] = lines.slice(0, 8);
  if (!FROM.has(labelOf(first))) return false;
  let count = 0;
  for (const line of rest) {
    if (OTHER.has(labelOf(line))) count++;
    else if (line.trim() !== "" && count === 0 && line.length > MAX_LENGTH) return false;
  }
  if (doubt === "cut" || count < 2) return count >= 2;
  // Lines of the author's may stand above a program's block: only those that go on without a gap belong together.
  const gap = rest.findIndex((line) => !OTHER.has(labelOf(line)));
  const block = gap < 0 ? rest : rest.slice(0, gap);
  return block.length >= 2 && (first.includes("@") ||
    (block.some((line) => SUBJECT.has(labelOf(line))) && block.some((line) => TIME.test(line))));
}

function labels(all: readonly string[]): ReadonlySet<string> {
  return new Set(all);
}

function labelOf(line: string): string {
  const match = /^\s*\*{0,2}([^:：*]{1,30})\*{0,2}\s?[:：]/u.exec(line.slice(0, 60));
  return (match?.[1] ?? "").trim().toLowerCase();
}
