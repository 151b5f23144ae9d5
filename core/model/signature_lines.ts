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

/**
 * Where the signature begins that a text ends with: at its delimiter ("-- "), or at the line a phone adds. Null when it
 * ends with none. Linear in the number of lines.
 */
export function signatureStart(lines: readonly string[]): number | null {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  for (let at = last; at >= 0 && at >= last - MAX_LINES; at--) {
    if (/^--[ \u00a0]?$/.test((lines[at] ?? "").trimStart())) return at;
  }
  const tail = (lines[last] ?? "").trim();
  return tail.length <= MAX_LENGTH && SENT_FROM.test(tail) ? last : null;
}
