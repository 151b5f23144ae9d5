/** A meeting in words: when, how often, what the mail does with it. */
import type { ApiInvite } from "../../../core/model/api.ts";
import { formatClock, formatDate, isSameDay } from "../../(_components)/format_time.ts";

type Time = NonNullable<ApiInvite["start"]>;
type Repeats = NonNullable<ApiInvite["repeats"]>;

/** What the mail says of the meeting, in one word or two, and whether it is off. */
export function inviteState({ method, answer }: ApiInvite): string {
  switch (method) {
    case "request":
      return "Invitation";
    case "cancel":
      return "Canceled";
    case "other":
      return "Event";
    case "reply":
      return answer === null ? "Answer" : ANSWERS[answer.says];
  }
}

const ANSWERS = {
  accepted: "Accepted",
  declined: "Declined",
  tentative: "Maybe",
  other: "Answer",
} as const;

/**
 * "Tue 3 March 2026, 10:00–11:30" in the reader's zone, which is named for moments only; "3 March 2026, all day". Empty
 * without a start.
 */
export function whenWords({ start, end }: ApiInvite, timeZone: string): string {
  if (start === null) return "";
  const from = shown(start, timeZone);
  const to = end === null || end.kind !== start.kind ? null : shown(end, timeZone);
  const first = formatDate(from.at, from.timeZone);
  if (start.kind === "day") {
    return to === null ? `${first}, all day` : `${first} – ${formatDate(to.at, to.timeZone)}`;
  }
  const clock = (one: Shown) => formatClock(one.at, { now: 0, timeZone: one.timeZone });
  const where = start.kind === "moment" ? ` (${timeZone})` : ", where it takes place";
  if (to === null) return `${first}, ${clock(from)}${where}`;
  return isSameDay(from.at, to.at, from.timeZone)
    ? `${first}, ${clock(from)}–${clock(to)}${where}`
    : `${first}, ${clock(from)} – ${formatDate(to.at, to.timeZone)}, ${clock(to)}${where}`;
}

/** Day and month of its beginning, for a calendar leaf; null without a start. */
export function leafOf(
  { start }: ApiInvite,
  timeZone: string,
): { readonly day: string; readonly month: string } | null {
  if (start === null) return null;
  const from = shown(start, timeZone);
  const [, day = "", month = ""] = formatDate(from.at, from.timeZone).split(" ");
  return { day, month: month.slice(0, 3) };
}

interface Shown {
  readonly at: number;
  readonly timeZone: string;
}

/** Days and clocks are the same wherever one looks from. */
function shown(time: Time, timeZone: string): Shown {
  switch (time.kind) {
    case "moment":
      return { at: Date.parse(time.at), timeZone };
    case "day":
      return { at: Date.parse(time.day), timeZone: "UTC" };
    case "clock":
      return { at: Date.parse(`${time.clock}Z`), timeZone: "UTC" };
  }
}

const DAYS: Readonly<Record<string, string>> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};
const PLACES: Readonly<Record<string, string>> = {
  "1": "first",
  "2": "second",
  "3": "third",
  "4": "fourth",
  "5": "fifth",
  "-1": "last",
};
const WORKDAYS = "MO,TU,WE,TH,FR";

/** "Every 2 weeks on Monday and Wednesday, until 3 April 2026". */
export function repeatsWords(repeats: Repeats, timeZone: string): string {
  const { unit, every, days, until, times } = repeats;
  if (unit === "other") return "Repeats by a rule of its own";
  const span = every === 1 ? `Every ${unit}` : `Every ${every} ${unit}s`;
  const isWorkdays = unit === "week" && every === 1 && days.join() === WORKDAYS;
  const said = isWorkdays ? "Every weekday" : span + onWords(unit, days);
  const limits = [
    ...times === null ? [] : [times === 1 ? "once" : `${times} times`],
    ...until === null
      ? []
      : [`until ${formatDate(shown(until, timeZone).at, shown(until, timeZone).timeZone)}`],
  ];
  return [said, ...limits].join(", ");
}

function onWords(unit: Repeats["unit"], days: readonly string[]): string {
  if (days.length === 0) return "";
  const [first = ""] = days;
  if (unit === "month") {
    const place = PLACES[first.slice(0, -2)];
    return place === undefined ? "" : ` on the ${place} ${DAYS[first.slice(-2)]}`;
  }
  const names = days.map((day) => DAYS[day] ?? day);
  return ` on ${[names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ")}`;
}
