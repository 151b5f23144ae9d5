const DAYS_AGO = /^(\d{1,4})d$/;
const MONTH = /^\d{4}-\d\d$/;
const YEAR = /^\d{4}$/;

/** From `startAt` up to `endAt`, epoch ms. */
export interface TimeRange {
  readonly startAt: number;
  readonly endAt: number;
}

/**
 * The time that is meant by a word for days: "2026-03-01", "2026-03", "2026", "today", "yesterday", "7d" (the day that many
 * days ago). Null for anything else. An unknown time zone counts as UTC.
 * @param options `now`: epoch ms; `timeZone`: whose days are meant
 */
export function dayRange(
  words: string,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): TimeRange | null {
  const today = zoned(now, timeZone).toPlainDate();
  const text = words.toLowerCase();
  const daysAgo = text === "today" ? "0" : text === "yesterday" ? "1" : DAYS_AGO.exec(text)?.[1];
  if (daysAgo !== undefined) {
    return range(today.subtract({ days: Number(daysAgo) }), { days: 1 }, timeZone);
  }
  if (YEAR.test(text)) return parsed(`${text}-01-01`, { years: 1 }, timeZone);
  if (MONTH.test(text)) return parsed(`${text}-01`, { months: 1 }, timeZone);
  return /^\d{4}-\d\d-\d\d$/.test(text) ? parsed(text, { days: 1 }, timeZone) : null;
}

function parsed(date: string, length: Temporal.DurationLike, timeZone: string): TimeRange | null {
  try {
    return range(Temporal.PlainDate.from(date, { overflow: "reject" }), length, timeZone);
  } catch {
    return null;
  }
}

/** A day may have 23 or 25 hours: both ends are days of the calendar. */
function range(
  date: Temporal.PlainDate,
  length: Temporal.DurationLike,
  timeZone: string,
): TimeRange {
  const startOf = (day: Temporal.PlainDate) => {
    try {
      return day.toZonedDateTime(timeZone).epochMilliseconds;
    } catch {
      return day.toZonedDateTime("UTC").epochMilliseconds;
    }
  };
  return { startAt: startOf(date), endAt: startOf(date.add(length)) };
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(at);
  try {
    return instant.toZonedDateTimeISO(timeZone);
  } catch {
    return instant.toZonedDateTimeISO("UTC");
  }
}
