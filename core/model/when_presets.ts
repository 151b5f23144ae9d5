/** The moments people put things off to, most of all. Pure. */
import { MORNING } from "./parse_when.ts";
import { daysOn, momentOf, wallTimeOf, weekdayOf } from "./wall_time.ts";

export interface WhenPreset {
  readonly id: "later" | "tomorrow" | "monday" | "next_week";
  readonly words: string;
  /** Epoch ms. */
  readonly at: number;
}

const HOUR_MS = 3_600_000;
const HALF_HOUR_MS = 1_800_000;
/** Later today is not after this hour. */
const EVENING = 20;

/**
 * Later today (three hours on, at the half hour; not in the evening), tomorrow, Monday and a week from today, each in the
 * morning. What would say the same twice is said once.
 */
export function whenPresets(now: number, timeZone: string): readonly WhenPreset[] {
  const today = wallTimeOf(now, timeZone);
  const inDays = (days: number) => momentOf(daysOn(today, days, MORNING), timeZone);
  const later = Math.ceil((now + 3 * HOUR_MS) / HALF_HOUR_MS) * HALF_HOUR_MS;
  const laterThere = wallTimeOf(later, timeZone);
  const isToday = laterThere.day === today.day && laterThere.hour < EVENING;
  const toMonday = (8 - weekdayOf(today)) % 7 || 7;
  const presets: readonly WhenPreset[] = [
    ...isToday ? [{ id: "later", words: "Later today", at: later } as const] : [],
    { id: "tomorrow", words: "Tomorrow", at: inDays(1) },
    { id: "monday", words: "Monday", at: inDays(toMonday) },
    { id: "next_week", words: "In a week", at: inDays(7) },
  ];
  return presets.filter(({ at }, n) => presets.findIndex((one) => one.at === at) === n);
}
