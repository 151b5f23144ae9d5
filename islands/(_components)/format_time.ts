/** How a moment is written: in the look's words, the same on the server and in the browser. */
export interface TimeContext {
  /** Epoch ms; what "today" means. */
  readonly now: number;
  /** IANA name such as "Europe/Amsterdam". */
  readonly timeZone: string;
}

const DAY_MS = 86_400_000;

/** For rows and messages: "10:24", "Yesterday", "Tue", "12 Apr", "12 Apr 2024". */
export function formatShort(at: number, context: TimeContext): string {
  const then = partsOf(at, context.timeZone);
  const days = daysBetween(at, context);
  if (days === 0) return `${then.hour}:${then.minute}`;
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return then.weekday.slice(0, 3);
  const date = `${then.day} ${then.month.slice(0, 3)}`;
  return then.year === partsOf(context.now, context.timeZone).year ? date : `${date} ${then.year}`;
}

/** For messages below a day line, where the day is known: "10:24". */
export function formatClock(at: number, context: TimeContext): string {
  const { hour, minute } = partsOf(at, context.timeZone);
  return `${hour}:${minute}`;
}

/** For what is to come: "14:00" today, "Mon 09:00" within a week, else "12 Apr 09:00". */
export function formatUpcoming(at: number, context: TimeContext): string {
  const then = partsOf(at, context.timeZone);
  const days = -daysBetween(at, context);
  const clock = `${then.hour}:${then.minute}`;
  if (days === 0) return clock;
  if (days === 1) return `Tomorrow ${clock}`;
  if (days > 1 && days < 7) return `${then.weekday.slice(0, 3)} ${clock}`;
  return `${then.day} ${then.month.slice(0, 3)} ${clock}`;
}

/** Beside a moment's own name, such as "Tomorrow": "14:00" today, else "Fri 09:00". */
export function formatPreset(at: number, context: TimeContext): string {
  const { weekday, hour, minute } = partsOf(at, context.timeZone);
  const clock = `${hour}:${minute}`;
  return daysBetween(at, context) === 0 ? clock : `${weekday.slice(0, 3)} ${clock}`;
}

/** For the line between days: "Today", "Yesterday", "Tuesday", "12 April", "12 April 2024". */
export function formatDay(at: number, context: TimeContext): string {
  const then = partsOf(at, context.timeZone);
  const days = daysBetween(at, context);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return then.weekday;
  const date = `${then.day} ${then.month}`;
  return then.year === partsOf(context.now, context.timeZone).year ? date : `${date} ${then.year}`;
}

/** A day with its year, wherever now is: "Tue 12 November 2024". */
export function formatDate(at: number, timeZone: string): string {
  const { weekday, day, month, year } = partsOf(at, timeZone);
  return `${weekday.slice(0, 3)} ${day} ${month} ${year}`;
}

/** In full, for titles: "Tuesday 12 November 2024, 10:24 (Europe/Amsterdam)". */
export function formatFull(at: number, timeZone: string): string {
  const { weekday, day, month, year, hour, minute } = partsOf(at, timeZone);
  return `${weekday} ${day} ${month} ${year}, ${hour}:${minute} (${timeZone})`;
}

/** True when both moments lie on the same day in that zone. */
export function isSameDay(a: number, b: number, timeZone: string): boolean {
  return dayNumber(a, timeZone) === dayNumber(b, timeZone);
}

/** Whole calendar days from `at` to now in that zone; negative when `at` lies ahead. */
function daysBetween(at: number, { now, timeZone }: TimeContext): number {
  return dayNumber(now, timeZone) - dayNumber(at, timeZone);
}

function dayNumber(at: number, timeZone: string): number {
  const { year, monthNumber, day } = partsOf(at, timeZone);
  return Math.round(Date.UTC(Number(year), monthNumber - 1, Number(day)) / DAY_MS);
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

interface Parts {
  readonly year: string;
  readonly monthNumber: number;
  readonly month: string;
  readonly day: string;
  readonly weekday: string;
  readonly hour: string;
  readonly minute: string;
}

/**
 * Numbers come from Intl, words from here: engines disagree about spaces and short names,
 * and one different space would make a page differ from its server rendering.
 */
function partsOf(at: number, timeZone: string): Parts {
  const found: Record<string, string> = {};
  for (const { type, value } of formatterFor(timeZone).formatToParts(at)) found[type] = value;
  const monthNumber = Number(found.month);
  const day = String(Number(found.day));
  const weekday = new Date(Date.UTC(Number(found.year), monthNumber - 1, Number(day))).getUTCDay();
  return {
    year: found.year ?? "",
    monthNumber,
    month: MONTHS[monthNumber - 1] ?? "",
    day,
    weekday: WEEKDAYS[weekday] ?? "",
    hour: found.hour ?? "",
    minute: found.minute ?? "",
  };
}

/** Making one costs about 30 µs and a list needs hundreds. Holds at most one per zone Intl knows. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formatters.set(timeZone, made);
  return made;
}
