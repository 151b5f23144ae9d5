/** The words a locale has for days, months and what lies near, as `Intl` knows them; English ones always. */

/** What a word says about a moment. */
export type WhenWord =
  | { readonly kind: "weekday"; readonly weekday: number }
  | { readonly kind: "month"; readonly month: number }
  /** So many days from today. */
  | { readonly kind: "days"; readonly days: number }
  | { readonly kind: "next"; readonly unit: "week" | "month" | "year" };

const ENGLISH: readonly (readonly [string, WhenWord])[] = [
  ["tmrw", { kind: "days", days: 1 }],
  ["tmr", { kind: "days", days: 1 }],
  ["tom", { kind: "days", days: 1 }],
  ["tues", { kind: "weekday", weekday: 2 }],
  ["thur", { kind: "weekday", weekday: 4 }],
  ["thurs", { kind: "weekday", weekday: 4 }],
  ["sept", { kind: "month", month: 9 }],
  ["day after tomorrow", { kind: "days", days: 2 }],
  ["the day after tomorrow", { kind: "days", days: 2 }],
];

/** Every known phrase, folded, the longest first. */
export function whenWords(locale: string): readonly (readonly [string, WhenWord])[] {
  const words = new Map<string, WhenWord>();
  // The locale's own come first: "mar" is Tuesday in French and March in English.
  for (const one of new Set([supported(locale), "en"])) {
    for (const [phrase, word] of wordsOf(one)) {
      if (!words.has(phrase)) words.set(phrase, word);
    }
  }
  for (const [phrase, word] of ENGLISH) if (!words.has(phrase)) words.set(phrase, word);
  return [...words].sort(([a], [b]) => b.length - a.length);
}

/** Whether a day is written before its month, as nearly everywhere. */
export function isDayFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(supported(locale), { month: "numeric", day: "numeric" })
    .formatToParts(0).map(({ type }) => type);
  return parts.indexOf("day") < parts.indexOf("month");
}

/** Lower case, without marks and dots: how words are compared. */
export function foldWords(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/(\p{L})\./gu, "$1")
    .replace(/\s+/g, " ").trim();
}

function* wordsOf(locale: string): Iterable<readonly [string, WhenWord]> {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const days of [0, 1, 2]) {
    yield [foldWords(relative.format(days, "day")), { kind: "days", days }];
  }
  for (const unit of ["week", "month", "year"] as const) {
    yield [foldWords(relative.format(1, unit)), { kind: "next", unit }];
  }
  for (const style of ["long", "short"] as const) {
    const weekdays = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" });
    for (let weekday = 0; weekday < 7; weekday++) {
      // 4 January 1970 was a Sunday.
      const name = weekdays.format(Date.UTC(1970, 0, 4 + weekday));
      yield [foldWords(name), { kind: "weekday", weekday }];
    }
    for (let month = 1; month <= 12; month++) {
      yield* monthNames(locale, style, month).map((name) =>
        [foldWords(name), { kind: "month", month }] as const
      );
    }
  }
}

/** Beside a day and alone: many languages write them differently. */
function monthNames(locale: string, style: "long" | "short", month: number): readonly string[] {
  const at = Date.UTC(1970, month - 1, 15);
  const alone = new Intl.DateTimeFormat(locale, { month: style, timeZone: "UTC" }).format(at);
  const beside = new Intl.DateTimeFormat(locale, { month: style, day: "numeric", timeZone: "UTC" })
    .formatToParts(at).find(({ type }) => type === "month")?.value;
  return beside === undefined ? [alone] : [alone, beside];
}

function supported(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? "en";
  } catch {
    // Not a locale at all.
    return "en";
  }
}
