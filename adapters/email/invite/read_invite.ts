import type { Invite, InviteRepeats, InviteTime } from "../../../core/channel/mod.ts";
import { addressesIn } from "../mail_addresses.ts";
import { icalTime } from "./ical_time.ts";
import {
  type IcalComponent,
  type IcalProperty,
  icalText,
  propertyOf,
  readIcal,
} from "./read_ical.ts";
import { ruleParts } from "./rule_parts.ts";
import { isoDay, wallTime } from "./wall_time.ts";

/** Longer files hold calendars, not an invitation; what stands in front is read. */
export const MAX_ICAL_LENGTH = 256 * 1024;
const MAX_TITLE = 200;
const MAX_PLACE = 300;
const DAY_MS = 86_400_000;

/**
 * The meeting a calendar file is about: its first event that is no exception of another. Total.
 * @returns null when there is no event in it
 */
export function readInvite(text: string): Invite | null {
  const calendar = readIcal(text.slice(0, MAX_ICAL_LENGTH)).find(({ name }) =>
    name === "VCALENDAR"
  );
  const events = calendar?.components.filter(({ name }) => name === "VEVENT") ?? [];
  const event = events.find((one) => propertyOf(one, "RECURRENCE-ID") === undefined) ?? events[0];
  if (calendar === undefined || event === undefined) return null;
  const zones = calendar.components.filter(({ name }) => name === "VTIMEZONE");
  const start = timeOf(event, "DTSTART", zones);
  const method = methodOf(calendar, event);
  return {
    method,
    title: short(propertyOf(event, "SUMMARY"), MAX_TITLE),
    start,
    end: endOf(event, start, zones),
    place: short(propertyOf(event, "LOCATION"), MAX_PLACE),
    organiser: personOf(propertyOf(event, "ORGANIZER")),
    repeats: repeatsOf(event, zones),
    answer: method === "reply" ? answerOf(event) : null,
    others: new Set(events.map((one) => propertyOf(one, "UID")?.value)).size - 1,
  };
}

function methodOf(calendar: IcalComponent, event: IcalComponent): Invite["method"] {
  const status = propertyOf(event, "STATUS")?.value.trim().toUpperCase();
  const method = propertyOf(calendar, "METHOD")?.value.trim().toUpperCase();
  if (method === "CANCEL" || status === "CANCELLED") return "cancel";
  if (method === "REQUEST") return "request";
  return method === "REPLY" ? "reply" : "other";
}

function timeOf(
  event: IcalComponent,
  name: string,
  zones: readonly IcalComponent[],
): InviteTime | null {
  const property = propertyOf(event, name);
  return property === undefined ? null : icalTime(property, zones);
}

/** Where a whole day's end is written as the day after, the last day itself. */
function endOf(
  event: IcalComponent,
  start: InviteTime | null,
  zones: readonly IcalComponent[],
): InviteTime | null {
  const end = timeOf(event, "DTEND", zones) ?? afterDuration(event, start);
  if (start === null || end === null || start.kind !== end.kind) return null;
  if (start.kind === "day" && end.kind === "day") {
    const last = isoDay(Date.parse(end.day) - DAY_MS);
    return last > start.day ? { kind: "day", day: last } : null;
  }
  if (start.kind === "moment" && end.kind === "moment") return end.at > start.at ? end : null;
  return end;
}

const DURATION =
  /^\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?)?$/;

function afterDuration(event: IcalComponent, start: InviteTime | null): InviteTime | null {
  const match = DURATION.exec(propertyOf(event, "DURATION")?.value.trim().toUpperCase() ?? "");
  if (match === null || start === null) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((text) =>
    Number(text ?? 0)
  );
  const ms = (weeks * 7 + days) * DAY_MS + (hours * 3_600 + minutes * 60 + seconds) * 1_000;
  switch (start.kind) {
    case "moment":
      return { kind: "moment", at: start.at + ms };
    case "day":
      return { kind: "day", day: isoDay(Date.parse(start.day) + ms) };
    case "clock": {
      const at = Date.parse(`${start.clock}Z`) + ms;
      return { kind: "clock", clock: new Date(at).toISOString().slice(0, 16) };
    }
  }
}

const UNITS: Readonly<Record<string, InviteRepeats["unit"]>> = {
  DAILY: "day",
  WEEKLY: "week",
  MONTHLY: "month",
  YEARLY: "year",
};
/** What a few words do not say. */
const COMPLICATED = ["BYSETPOS", "BYHOUR", "BYMINUTE", "BYYEARDAY", "BYWEEKNO", "BYSECOND"];
const DAY = /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/;

function repeatsOf(event: IcalComponent, zones: readonly IcalComponent[]): InviteRepeats | null {
  const property = propertyOf(event, "RRULE");
  if (property === undefined) return null;
  const rule = ruleParts(property.value);
  const days = (rule.get("BYDAY") ?? "").split(",", 10).filter((day) => day !== "")
    .map((day) => day.replace(/^\+/, ""));
  const unit = UNITS[rule.get("FREQ") ?? ""] ?? "other";
  const every = whole(rule.get("INTERVAL")) ?? 1;
  const isInMonth = unit === "month" && days.length === 1;
  const isSimple = unit !== "other" && !COMPLICATED.some((name) => rule.has(name)) &&
    !/,/.test(`${rule.get("BYMONTHDAY") ?? ""}${rule.get("BYMONTH") ?? ""}`) &&
    days.every((day) => DAY.test(day)) &&
    (days.length === 0 || unit === "week" || (unit === "day" && every === 1) || isInMonth) &&
    days.every((day) => /\d/.test(day) === isInMonth);
  const until = rule.get("UNTIL");
  return {
    // Every day, on some days, is every week.
    unit: !isSimple ? "other" : unit === "day" && days.length > 0 ? "week" : unit,
    every,
    days: isSimple ? days : [],
    until: until === undefined || wallTime(until) === null
      ? null
      : icalTime({ name: "UNTIL", params: new Map(), value: until }, zones),
    times: whole(rule.get("COUNT")),
  };
}

function whole(text: string | undefined): number | null {
  const number = /^\d{1,4}$/.test(text ?? "") ? Number(text) : 0;
  return number > 0 ? number : null;
}

const ANSWERS: Readonly<Record<string, NonNullable<Invite["answer"]>["says"]>> = {
  ACCEPTED: "accepted",
  DECLINED: "declined",
  TENTATIVE: "tentative",
};

function answerOf(event: IcalComponent): Invite["answer"] {
  const attendee = propertyOf(event, "ATTENDEE");
  const person = personOf(attendee);
  const says = ANSWERS[attendee?.params.get("PARTSTAT")?.toUpperCase() ?? ""] ?? "other";
  return person === null ? null : { ...person, says };
}

/** `ORGANIZER;CN=Ada:mailto:ada@x.example` */
function personOf(property: IcalProperty | undefined): Invite["organiser"] {
  if (property === undefined) return null;
  const address = property.value.trim().replace(/^mailto:/i, "");
  const [found] = addressesIn([address]);
  const name = icalText(property.params.get("CN") ?? "").slice(0, MAX_TITLE);
  if (found === undefined) return name === "" ? null : { name, address: "" };
  return { name: name === found.address ? "" : name, address: found.address };
}

function short(property: IcalProperty | undefined, max: number): string {
  const text = icalText(property?.value ?? "").toWellFormed();
  return text.length > max ? `${text.slice(0, max - 1).toWellFormed()}…` : text;
}
