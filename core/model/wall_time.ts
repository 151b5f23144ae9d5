/** What a clock on the wall shows, in a time zone, and back. Pure; summer time included. */

/** A moment as people of a place write it. */
export interface WallTime {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  /** 1–31; a day beyond the month's end runs into the next one. */
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** @param timeZone IANA name such as "Europe/Amsterdam". @throws RangeError for one nobody knows. */
export function wallTimeOf(at: number, timeZone: string): WallTime {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
  };
}

/**
 * The moment a clock shows `wall`, epoch ms. Of an hour that comes twice the first; for one that is skipped the moment
 * as far behind the jump as it would have been before.
 */
export function momentOf(wall: WallTime, timeZone: string): number {
  const asUtc = utcOf(wall);
  const [before = 0, after = 0] = [asUtc - DAY_MS, asUtc + DAY_MS].map((at) =>
    utcOf(wallTimeOf(at, timeZone)) - at
  );
  const candidates = [asUtc - before, asUtc - after].sort((a, b) => a - b);
  return candidates.find((at) => utcOf(wallTimeOf(at, timeZone)) === asUtc) ?? asUtc - before;
}

/** `days` further on in the calendar, at a time of that day. */
export function daysOn(
  { year, month, day }: WallTime,
  days: number,
  at: Pick<WallTime, "hour" | "minute">,
): WallTime {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: at.hour,
    minute: at.minute,
  };
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf({ year, month, day }: WallTime): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** Whether the calendar has that day. */
export function isDay({ year, month, day }: Pick<WallTime, "year" | "month" | "day">): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
}

function utcOf({ year, month, day, hour, minute }: WallTime): number {
  return Math.floor(Date.UTC(year, month - 1, day, hour, minute) / MINUTE_MS) * MINUTE_MS;
}
