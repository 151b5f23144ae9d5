import { type IcalComponent, propertyOf } from "./read_ical.ts";
import { ruleParts } from "./rule_parts.ts";
import { wallTime } from "./wall_time.ts";

const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const DAY_MS = 86_400_000;
const MAX_RULES = 50;
const MAX_DATES = 200;

/**
 * How far a zone of a calendar file (VTIMEZONE) is ahead of UTC when its clocks show a time.
 * @param wall that time as if it were UTC, epoch ms
 * @returns ms; null when the file does not say
 */
export function zoneOffset(zone: IcalComponent, wall: number): number | null {
  let offset: number | null = null;
  let before: number | null = null;
  let latest = -Infinity;
  for (const rule of zone.components.slice(0, MAX_RULES)) {
    if (rule.name !== "STANDARD" && rule.name !== "DAYLIGHT") continue;
    const to = offsetOf(rule, "TZOFFSETTO");
    if (to === null) continue;
    before ??= offsetOf(rule, "TZOFFSETFROM") ?? to;
    for (const onset of onsets(rule, new Date(wall).getUTCFullYear())) {
      if (onset > wall || onset <= latest) continue;
      latest = onset;
      offset = to;
    }
  }
  return offset ?? before;
}

/** When a rule comes into force, as far as it matters in a year. */
function onsets(rule: IcalComponent, year: number): readonly number[] {
  const first = wallTime(propertyOf(rule, "DTSTART")?.value ?? "");
  if (first === null) return [];
  const dates = rule.properties.filter(({ name }) => name === "RDATE")
    .flatMap(({ value }) => value.split(",", MAX_DATES)).slice(0, MAX_DATES)
    .map((value) => wallTime(value.split("/")[0] ?? ""))
    .filter((at) => at !== null);
  const yearly = ruleParts(propertyOf(rule, "RRULE")?.value ?? "");
  if (yearly.get("FREQ") !== "YEARLY") return [first, ...dates];
  const end = yearly.get("UNTIL");
  const until = end === undefined ? Infinity : wallTime(end) ?? Infinity;
  // The rule's last change may lie in the year before. Between UTC and the wall clock lies less than a day.
  return [first, ...dates, ...[year - 1, year].map((one) => changeIn(one, first, yearly))]
    .filter((at) => at >= first && at <= until + DAY_MS);
}

/** "BYMONTH=3;BYDAY=-1SU": the last Sunday of March, at the hour of the first change. */
function changeIn(
  year: number,
  first: number,
  rule: ReadonlyMap<string, string>,
): number {
  const model = new Date(first);
  const clock = first - Date.UTC(model.getUTCFullYear(), model.getUTCMonth(), model.getUTCDate());
  const month = /^\d{1,2}$/.test(rule.get("BYMONTH") ?? "")
    ? Number(rule.get("BYMONTH")) - 1
    : model.getUTCMonth();
  const [, nth = "", name = ""] = /^([+-]?\d)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(
    rule.get("BYDAY") ?? "",
  ) ?? [];
  const weekday = WEEKDAYS.indexOf(name);
  if (weekday < 0) return Date.UTC(year, month, model.getUTCDate()) + clock;
  // "SU" beside BYMONTHDAY=8,…: the first one from that day on.
  const from = /^\d{1,2}/.exec(rule.get("BYMONTHDAY") ?? "")?.[0];
  const place = nth === "" ? 1 : Number(nth);
  if (place < 0) {
    const last = Date.UTC(year, month + 1, 0);
    const back = (new Date(last).getUTCDay() - weekday + 7) % 7;
    return last - (back + 7 * (-place - 1)) * DAY_MS + clock;
  }
  const start = Date.UTC(year, month, from === undefined ? 1 : Number(from));
  const ahead = (weekday - new Date(start).getUTCDay() + 7) % 7;
  return start + (ahead + 7 * (place - 1)) * DAY_MS + clock;
}

/** "+0100", "-033000". */
function offsetOf(rule: IcalComponent, name: string): number | null {
  const match = /^\s*([+-])(\d{2})(\d{2})(\d{2})?\s*$/.exec(propertyOf(rule, name)?.value ?? "");
  if (match === null) return null;
  const [, sign, hours, minutes, seconds = "0"] = match;
  const ms = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  return ms >= DAY_MS ? null : sign === "-" ? -ms : ms;
}
