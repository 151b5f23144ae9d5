/** Times and sizes in the visitor's language. */
import { fill } from "@/core/model/fill.ts";
import type { Language } from "./texts.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** "Today", "Yesterday", else a date. @param now epoch ms. */
export function formatDay(at: number, now: number, { locale, texts }: Language): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
  if (days === 0) return texts.today;
  if (days === 1) return texts.yesterday;
  const year = new Date(at).getFullYear() === new Date(now).getFullYear()
    ? {}
    : { year: "numeric" } as const;
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", ...year }).format(at);
}

/** "10:43". */
export function formatTime(at: number, { locale }: Language): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(at);
}

/** For a list: "now", "5 min", "10:43", "12 Aug". */
export function formatAge(at: number, now: number, language: Language): string {
  const minutes = Math.floor((now - at) / 60_000);
  const { locale, texts } = language;
  if (minutes < 1) return texts.now;
  if (minutes < 60) {
    return new Intl.NumberFormat(locale, { style: "unit", unit: "minute", unitDisplay: "short" })
      .format(minutes);
  }
  if (startOfDay(at) === startOfDay(now)) return formatTime(at, language);
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(at);
}

/** "3.2 MB", of 1024 as people's computers count. */
export function formatBytes(bytes: number, { locale }: Language): string {
  const units = ["byte", "kilobyte", "megabyte"] as const;
  const power = bytes < 1_024 ? 0 : bytes < 1_024 ** 2 ? 1 : 2;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[power] ?? "byte",
    // Short, it is "26 byte" in English.
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power === 2 ? 1 : 0,
  }).format(bytes / 1_024 ** power);
}

/** "3.2 MB of 4.8 MB". */
export function formatProgress(sent: number, size: number, language: Language): string {
  return fill(language.texts.progress, {
    sent: formatBytes(sent, language),
    size: formatBytes(size, language),
  });
}

/** The day a time falls on, where the visitor is. */
export function dayOf(at: number): string {
  return String(startOfDay(at));
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
