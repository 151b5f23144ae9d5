/** "fri 3pm", "in 2 weeks", "24 dec 14:00" as a moment. Pure, and safe to import in the browser. */
import { hasDay, MORNING, parseWhen, type WhenReading } from "./parse_when.ts";
import { daysOn, isDay, momentOf, type WallTime, wallTimeOf, weekdayOf } from "./wall_time.ts";

type Day = Pick<WallTime, "year" | "month" | "day">;

const HOUR_MS = 3_600_000;
const MAX_YEARS = 10;

/**
 * The moment meant by a few words, always in the future: a day without a time begins at 9:00, a time without a day is
 * the next one, and a bare hour from 1 to 6 is in the afternoon.
 * @param timeZone of whoever wrote it
 * @param locale whose names of days and months are understood beside the English, and whose order of day and month
 * @returns epoch ms; null for what is not understood, has passed, or lies over ten years ahead
 */
export function readWhen(
  words: string,
  now: number,
  timeZone: string,
  locale = "en",
): number | null {
  const reading = parseWhen(words, locale);
  const at = reading === null ? null : resolve(reading, now, timeZone);
  if (at === null || at <= now) return null;
  return at > now + MAX_YEARS * 366 * 24 * HOUR_MS ? null : at;
}

function resolve(reading: WhenReading, now: number, timeZone: string): number | null {
  const { elapsedMs, days, months, weekday, date, next, clock } = reading;
  if (elapsedMs !== undefined) {
    return hasDay(reading) || clock !== undefined ? null : now + elapsedMs;
  }
  const today = wallTimeOf(now, timeZone);
  const on = (day: Day) => momentOf({ ...day, ...clock ?? MORNING }, timeZone);
  const inDays = (count: number) => on(daysOn(today, count, MORNING));
  const dayOfWeek = weekdayOf(today);
  // Weeks begin on Monday.
  const toMonday = (8 - dayOfWeek) % 7 || 7;
  if (days !== undefined) return inDays(days);
  if (months !== undefined) return on(monthsOn(today, months));
  if (next === "week") return inDays(toMonday);
  if (next === "month") return on({ ...monthsOn(today, 1), day: 1 });
  if (next === "year") return on({ year: today.year + 1, month: 1, day: 1 });
  if (weekday !== undefined) {
    const ahead = (weekday.weekday - dayOfWeek + 7) % 7;
    if (weekday.isNextWeek) return inDays(toMonday + (weekday.weekday + 6) % 7);
    // The name of today is a week on, unless it says a time that is still to come.
    const isToday = ahead === 0 && clock !== undefined && inDays(0) > now;
    return inDays(ahead === 0 && !isToday ? 7 : ahead);
  }
  if (date !== undefined) return nextDate(date, today, now, on);
  if (clock === undefined) return null;
  return inDays(0) > now ? inDays(0) : inDays(1);
}

/** The same day of a later month, or that month's last. */
function monthsOn({ year, month, day }: WallTime, months: number): Day {
  const count = year * 12 + month - 1 + months;
  const there = { year: Math.floor(count / 12), month: count % 12 + 1 };
  let last = day;
  while (!isDay({ ...there, day: last })) last--;
  return { ...there, day: last };
}

/** The next such date that is still to come; one with its year is that one. */
function nextDate(
  { day, month, year }: NonNullable<WhenReading["date"]>,
  today: WallTime,
  now: number,
  on: (day: Day) => number,
): number | null {
  if (day < 1 || day > 31 || (month !== undefined && (month < 1 || month > 12))) return null;
  if (year !== undefined && month !== undefined) {
    return isDay({ year, month, day }) ? on({ year, month, day }) : null;
  }
  for (let step = 0; step < 12; step++) {
    const there = month === undefined
      ? { ...monthsOn({ ...today, day: 1 }, step), day }
      : { year: today.year + step, month, day };
    if (isDay(there) && on(there) > now) return on(there);
  }
  return null;
}
