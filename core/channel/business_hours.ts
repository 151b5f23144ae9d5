import { z } from "zod";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const LINE =
  /^(mon|tue|wed|thu|fri|sat|sun)(?:\s*-\s*(mon|tue|wed|thu|fri|sat|sun))?\s+(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)$/i;
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** Minutes of the week, Monday 00:00 being 0. An end beyond the week goes on from its beginning. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** A line of business hours: "mon-fri 09:00-17:30", "sat 10:00-12:00", over midnight "fri 22:00-02:00". */
export const BusinessHoursLine = z.string().trim().max(40).refine(
  (line) => spansOf(line) !== null,
  {
    error: "must be such as “mon-fri 09:00-17:30”",
  },
);

/** A time zone by its name, such as Europe/Amsterdam. */
export const TimeZoneName = z.string().trim().max(60).refine(isTimeZone, {
  error: "must be such as Europe/Amsterdam",
});

/**
 * Whether a moment lies in business hours. Pure. Lines that are none open nothing.
 * @param lines none: always open
 * @param timeZone whose clocks the hours are of; an unknown one counts as UTC
 * @param at epoch ms
 */
export function isOpenAt(lines: readonly string[], timeZone: string, at: number): boolean {
  if (lines.length === 0) return true;
  const { dayOfWeek, hour, minute } = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(isTimeZone(timeZone) ? timeZone : "UTC");
  const now = (dayOfWeek - 1) * DAY_MINUTES + hour * 60 + minute;
  return lines.flatMap((line) => spansOf(line) ?? []).some(({ from, to }) =>
    (now >= from && now < to) || now + WEEK_MINUTES < to
  );
}

/** One span a day; null for a line that says nothing. */
function spansOf(line: string): readonly Span[] | null {
  const [, first = "", last = first, ...times] = LINE.exec(line.trim()) ?? [];
  const [fromHour = 99, fromMinute = 99, toHour = 99, toMinute = 99] = times.map(Number);
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  const isTime = fromMinute < 60 && toMinute < 60 && from < DAY_MINUTES && to <= DAY_MINUTES;
  if (!isTime || from === to) return null;
  const length = to > from ? to - from : to + DAY_MINUTES - from;
  const start = dayNumber(first);
  const count = (dayNumber(last) - start + 7) % 7 + 1;
  return Array.from({ length: count }, (_, i) => {
    const begins = ((start + i) % 7) * DAY_MINUTES + from;
    return { from: begins, to: begins + length };
  });
}

function dayNumber(name: string): number {
  return DAYS.findIndex((day) => day === name.toLowerCase());
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
