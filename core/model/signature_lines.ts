import type { Doubt } from "./quote_lines.ts";

/** A signature longer than this is more likely text that begins with a rule. */
const MAX_LINES = 15;
const MAX_LENGTH = 100;

/** What phones and webmail put below by themselves, in the languages they speak. */
const SENT_FROM = new RegExp(
  `^(?:${
    [
      ...["sent from (?:my |outlook|mail for |yahoo|proton|gmail|samsung)", "get outlook for "],
      ...[
        "von meinem .{1,40} gesendet",
        "gesendet (?:von |mit |aus )",
        "outlook für .{1,20} laden",
      ],
      ...["envoyé de(?:puis)? (?:mon |ma |outlook|yahoo)", "téléchargez outlook"],
      ...["enviado (?:desde (?:mi |el )|do meu |a partir d)", "obtener outlook", "obter o outlook"],
      ...["inviato da(?:l mio|lla mia)? ", "scarica outlook"],
      ...["(?:verzonden|verstuurd) van(?:af|uit)? ", "outlook voor .{1,20} downloaden"],
      ...["skickat från ", "sendt fra ", "lähetetty ", "wysłane? z ", "odesláno z ", "отправлено "],
      ...["发自我的", "從我的", "iphoneから送信", "나의 .{1,20}에서 보냄"],
    ].join("|")
  })`,
  "iu",
);

/** What that line names, and how a sentence of a person's own goes on. */
const DEVICE =
  /iphone|ipad|galaxy|samsung|android|huawei|xiaomi|pixel|phone|handy|mobil|móvil|blackberry|outlook|yahoo|proton|gmail|mail|手机|電話/iu;
const SENTENCE = /[,;!?]|\.\s/;
const MAX_DEVICE_WORDS = 8;

/**
 * Where the signature begins that a text ends with: at its delimiter ("-- "), or at the line a phone adds. Null when it
 * ends with none. Linear in the number of lines.
 * @param doubt with "show" only what cannot be the author's own words: the delimiter to the letter, a line that is all a
 * phone says
 */
export function signatureStart(lines: readonly string[], doubt: Doubt = "cut"): number | null {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  for (let at = last; at >= 0 && at >= last - MAX_LINES; at--) {
    const line = lines[at] ?? "";
    if (doubt === "show" ? /^--[ \u00a0]$/.test(line) : /^--[ \u00a0]?$/.test(line.trimStart())) {
      return at;
    }
  }
  const tail = (lines[last] ?? "").trim();
  if (tail.length > MAX_LENGTH || !SENT_FROM.test(tail)) return null;
  const isAll = DEVICE.test(tail) && !SENTENCE.test(tail) &&
    tail.split(/\s+/).length <= MAX_DEVICE_WORDS;
  return doubt === "cut" || isAll ? last : null;
}
