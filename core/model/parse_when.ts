/** What a few words say of a moment, before anybody knows what today is. Pure. */
import type { WallTime } from "./wall_time.ts";
import { foldWords, isDayFirst, type WhenWord, whenWords } from "./when_words.ts";

type Clock = Pick<WallTime, "hour" | "minute">;

/** When a day has no time beside it. */
export const MORNING: Clock = { hour: 9, minute: 0 };

const HOUR_MS = 3_600_000;

/** What was read so far; each kind at most once. */
export interface WhenReading {
  /** Calendar days from today. */
  days?: number;
  months?: number;
  /** Elapsed time from now. */
  elapsedMs?: number;
  weekday?: { readonly weekday: number; readonly isNextWeek: boolean };
  date?: { readonly day: number; readonly month?: number; readonly year?: number };
  next?: "week" | "month" | "year";
  clock?: Clock;
}

const CLOCKS: Readonly<Record<string, Clock>> = {
  morning: MORNING,
  noon: { hour: 12, minute: 0 },
  lunch: { hour: 12, minute: 0 },
  afternoon: { hour: 14, minute: 0 },
  evening: { hour: 18, minute: 0 },
  tonight: { hour: 18, minute: 0 },
  night: { hour: 20, minute: 0 },
  midnight: { hour: 24, minute: 0 },
};

/** Words that say nothing by themselves. */
const FILLER = /^(until|till|at|on|by|the|of|around|um|am|a|à|om|op|il|el|le|de|den)\s+/;

/** @returns null for what is not understood. */
export function parseWhen(words: string, locale: string): WhenReading | null {
  if (words.length > 60) return null;
  const known = whenWords(locale);
  let rest = foldWords(words).replace(/[,;]/g, " ").replace(/\s+/g, " ").trim();
  if (rest === "") return null;
  const reading: WhenReading = {};
  while (rest !== "") {
    const taken = takeDuration(rest, reading) ?? takePhrase(rest, reading, known) ??
      takeDate(rest, reading, known, locale) ?? takeClock(rest, reading);
    if (taken === null) {
      const filler = FILLER.exec(rest)?.[0].length ?? 0;
      if (filler === 0) return null;
      rest = rest.slice(filler);
      continue;
    }
    if (taken === "twice") return null;
    rest = rest.slice(taken).trim();
  }
  return reading;
}

/** How many characters were read; null for nothing of that kind; "twice" for a second word of a kind. */
type Taken = number | "twice" | null;

const DURATION =
  /^(?:in )?(\d{1,3}(?:[.,]\d{1,2})?|an?|one|two|three)( ?)(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mo|years?|y)(\d{1,2})?(?![\p{L}\d])/u;
const NUMBERS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3 };

function takeDuration(rest: string, reading: WhenReading): Taken {
  const match = DURATION.exec(rest);
  if (match === null) return null;
  const [all, count = "", , unit = "", minutes] = match;
  // "tomorrow 14h" is a time.
  if (unit === "h" && !all.startsWith("in ") && hasDay(reading)) return null;
  const amount = NUMBERS[count] ?? Number(count.replace(",", "."));
  const kind = unit.startsWith("mo") ? "mo" : unit.charAt(0);
  if (minutes !== undefined && kind !== "h") return null;
  if (kind === "m" || kind === "h") {
    const ms = amount * (kind === "h" ? HOUR_MS : 60_000) + Number(minutes ?? 0) * 60_000;
    reading.elapsedMs = (reading.elapsedMs ?? 0) + Math.round(ms);
    return all.length;
  }
  if (!Number.isInteger(amount)) return null;
  if (kind === "d" || kind === "w") {
    reading.days = (reading.days ?? 0) + amount * (kind === "w" ? 7 : 1);
  } else reading.months = (reading.months ?? 0) + amount * (kind === "y" ? 12 : 1);
  return all.length;
}

function takePhrase(
  rest: string,
  reading: WhenReading,
  known: readonly (readonly [string, WhenWord])[],
): Taken {
  const later = /^later(?: today)?$/.exec(rest);
  if (later !== null) {
    reading.elapsedMs = 3 * HOUR_MS;
    return rest.length;
  }
  const clockWord = /^(?:in the |this )?(\p{L}+)/u.exec(rest);
  const clock = clockWord === null ? undefined : CLOCKS[clockWord[1] ?? ""];
  if (clockWord !== null && clock !== undefined) {
    if (reading.clock !== undefined) return "twice";
    reading.clock = clock;
    if (clockWord[1] === "tonight" || clockWord[0].startsWith("this ")) {
      if (hasDay(reading)) return "twice";
      reading.days = 0;
    }
    return clockWord[0].length;
  }
  const weekend = /^(this |next )?weekend(?!\p{L})/u.exec(rest);
  if (weekend !== null) {
    return takeDay(
      reading,
      weekend[0].length,
      () => reading.weekday = { weekday: 6, isNextWeek: weekend[1] === "next " },
    );
  }
  const prefix = /^(this |next )?/.exec(rest)?.[0] ?? "";
  const after = rest.slice(prefix.length);
  // A whole phrase such as "next week" first, then a weekday with or without "next".
  const whole = find(known, rest, ({ kind }) => kind !== "month" && kind !== "weekday");
  if (whole !== null) {
    const { word, length } = whole;
    return takeDay(reading, length, () => {
      if (word.kind === "days") reading.days = word.days;
      if (word.kind === "next") reading.next = word.unit;
    });
  }
  const weekday = find(known, after, ({ kind }) => kind === "weekday");
  if (weekday === null || weekday.word.kind !== "weekday") return null;
  const { weekday: day } = weekday.word;
  // "mar" may be a month where a number stands beside it.
  if (prefix === "" && /^ \d{1,2}(?!\d|[:.h]| ?[ap]m)/.test(after.slice(weekday.length))) {
    const month = find(known, after, ({ kind }) => kind === "month");
    if (month !== null && month.length >= weekday.length) return null;
  }
  if (reading.next === "week") {
    reading.weekday = { weekday: day, isNextWeek: true };
    delete reading.next;
    return prefix.length + weekday.length;
  }
  // "fri 24 dec": the date says which.
  if (reading.date !== undefined) return prefix.length + weekday.length;
  return takeDay(
    reading,
    prefix.length + weekday.length,
    () => reading.weekday = { weekday: day, isNextWeek: prefix === "next " },
  );
}

function takeDate(
  rest: string,
  reading: WhenReading,
  known: readonly (readonly [string, WhenWord])[],
  locale: string,
): Taken {
  const put = (length: number, date: NonNullable<WhenReading["date"]>): Taken => {
    // "fri 24 dec": the date says which.
    delete reading.weekday;
    return takeDay(reading, length, () => reading.date = date);
  };
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:t| |$)/.exec(rest);
  if (iso !== null) {
    const length = iso[0].replace(/[t ]$/, "").length + (iso[0].endsWith("t") ? 1 : 0);
    return put(length, { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) });
  }
  const numeric = /^(\d{1,2})([./])(\d{1,2})(?:\2(\d{4}|\d{2})?)?(?! ?[ap]m|[\d:])/.exec(rest);
  if (numeric !== null) {
    const [all, first, separator, second, year] = numeric;
    const isDotted = separator === ".";
    const [day, month] = isDotted || isDayFirst(locale) ? [first, second] : [second, first];
    // "14.30" is a time, and so is "9.30" once the day is known.
    const isClock = isDotted && year === undefined && !all.endsWith(".") &&
      (Number(month) > 12 || hasDay(reading));
    if (!isClock) {
      return put(all.length, { day: Number(day), month: Number(month), ...yearOf(year) });
    }
  }
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|er|\.)?(?: of(?= )| de(?= ))? ?(?=\p{L})/u.exec(rest);
  if (dayFirst !== null) {
    const month = find(known, rest.slice(dayFirst[0].length), ({ kind }) => kind === "month");
    if (month !== null && month.word.kind === "month") {
      const length = dayFirst[0].length + month.length;
      const year = yearAfter(rest.slice(length));
      return put(length + year.length, {
        day: Number(dayFirst[1]),
        month: month.word.month,
        ...yearOf(year.text),
      });
    }
  }
  const month = find(known, rest, ({ kind }) => kind === "month");
  if (month !== null && month.word.kind === "month") {
    const day = /^ ?(\d{1,2})(?:st|nd|rd|th)?(?![\d:])/.exec(rest.slice(month.length));
    const length = month.length + (day?.[0].length ?? 0);
    const year = yearAfter(rest.slice(length));
    return put(length + year.length, {
      day: Number(day?.[1] ?? 1),
      month: month.word.month,
      ...yearOf(year.text),
    });
  }
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)(?!\p{L})/u.exec(rest);
  return ordinal === null ? null : put(ordinal[0].length, { day: Number(ordinal[1]) });
}

function takeClock(rest: string, reading: WhenReading): Taken {
  const match =
    /^(\d{1,2})(?:(?:[:.]|h ?)(\d{2})|h| uhr| o'clock)?(?: ?(am|pm|a|p)(?!\p{L}))?(?: uhr)?(?![\p{L}\d])/u
      .exec(rest);
  if (match === null) return null;
  if (reading.clock !== undefined) return "twice";
  const [all, hours, minutes, half] = match;
  const hour = Number(hours);
  const minute = Number(minutes ?? 0);
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  const isBare = /^\d+$/.test(all);
  reading.clock = half !== undefined
    ? { hour: hour % 12 + (half.startsWith("p") ? 12 : 0), minute }
    : { hour: isBare && hour >= 1 && hour <= 6 ? hour + 12 : hour, minute };
  return all.length;
}

function takeDay(reading: WhenReading, length: number, put: () => void): Taken {
  if (hasDay(reading)) return "twice";
  put();
  return length;
}

/** A day was named, in whatever way. */
export function hasDay({ days, months, weekday, date, next }: WhenReading): boolean {
  return [days, months, weekday, date, next].some((one) => one !== undefined);
}

function find(
  known: readonly (readonly [string, WhenWord])[],
  rest: string,
  isWanted: (word: WhenWord) => boolean,
): { readonly word: WhenWord; readonly length: number } | null {
  for (const [phrase, word] of known) {
    if (!isWanted(word) || !rest.startsWith(phrase)) continue;
    if (/^[\p{L}]/u.test(rest.slice(phrase.length))) continue;
    return { word, length: phrase.length };
  }
  return null;
}

function yearAfter(rest: string): { readonly length: number; readonly text: string | undefined } {
  const match = /^ (?:de )?(\d{4})(?![\d:])/.exec(rest);
  return { length: match?.[0].length ?? 0, text: match?.[1] };
}

function yearOf(text: string | undefined): { readonly year?: number } {
  if (text === undefined) return {};
  return { year: text.length === 2 ? 2000 + Number(text) : Number(text) };
}
