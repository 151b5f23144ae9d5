import assert from "node:assert/strict";
import fc from "fast-check";
import { readWhen } from "./read_when.ts";
import { momentOf, wallTimeOf } from "./wall_time.ts";
import { whenPresets } from "./when_presets.ts";

const ZONE = "Europe/Amsterdam";
/** Monday 23 November 2026, 10:12 in Amsterdam. */
const NOW = Date.parse("2026-11-23T09:12:00Z");

function read(words: string, locale = "en", now = NOW): string | null {
  const at = readWhen(words, now, ZONE, locale);
  if (at === null) return null;
  const { year, month, day, hour, minute } = wallTimeOf(at, ZONE);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

const CASES: readonly (readonly [string, string | null])[] = [
  ["tomorrow", "2026-11-24 09:00"],
  ["tomorrow 14:30", "2026-11-24 14:30"],
  ["Tomorrow at 2pm", "2026-11-24 14:00"],
  ["tomorrow 14h", "2026-11-24 14:00"],
  ["tomorrow morning", "2026-11-24 09:00"],
  ["tomorrow in the afternoon", "2026-11-24 14:00"],
  ["day after tomorrow", "2026-11-25 09:00"],
  ["today 18:00", "2026-11-23 18:00"],
  ["today 8:00", null],
  ["tonight", "2026-11-23 18:00"],
  ["this evening", "2026-11-23 18:00"],
  ["mon 9", "2026-11-30 09:00"],
  ["mon 11", "2026-11-23 11:00"],
  ["monday", "2026-11-30 09:00"],
  ["fri 3pm", "2026-11-27 15:00"],
  ["fri 3", "2026-11-27 15:00"],
  ["until fri, 3 pm", "2026-11-27 15:00"],
  ["3pm fri", "2026-11-27 15:00"],
  ["next fri", "2026-12-04 09:00"],
  ["next week", "2026-11-30 09:00"],
  ["next week wed", "2026-12-02 09:00"],
  ["next week 11:00", "2026-11-30 11:00"],
  ["next month", "2026-12-01 09:00"],
  ["weekend", "2026-11-28 09:00"],
  ["in 3 h", "2026-11-23 13:12"],
  ["3h", "2026-11-23 13:12"],
  ["1h30", "2026-11-23 11:42"],
  ["1.5 hours", "2026-11-23 11:42"],
  ["90 min", "2026-11-23 11:42"],
  ["in an hour", "2026-11-23 11:12"],
  ["later", "2026-11-23 13:12"],
  ["2 days", "2026-11-25 09:00"],
  ["2 days 16:00", "2026-11-25 16:00"],
  ["2 weeks", "2026-12-07 09:00"],
  ["in 3 months", "2027-02-23 09:00"],
  ["24 dec 14:00", "2026-12-24 14:00"],
  ["24. dec", "2026-12-24 09:00"],
  ["dec 24", "2026-12-24 09:00"],
  ["24th of december 2027 at noon", "2027-12-24 12:00"],
  ["thu 24 dec 8:15", "2026-12-24 08:15"],
  ["1 nov", "2027-11-01 09:00"],
  ["the 30th", "2026-11-30 09:00"],
  ["the 5th", "2026-12-05 09:00"],
  ["24.12.", "2026-12-24 09:00"],
  ["24.12. 14.30", "2026-12-24 14:30"],
  ["24.12.2027", "2027-12-24 09:00"],
  ["2026-12-24", "2026-12-24 09:00"],
  ["2026-12-24T14:00", "2026-12-24 14:00"],
  ["2026-12-24 14:00", "2026-12-24 14:00"],
  ["9", "2026-11-24 09:00"],
  ["11", "2026-11-23 11:00"],
  ["14.30", "2026-11-23 14:30"],
  ["29 feb", "2028-02-29 09:00"],
  ["31 feb", null],
  ["31 nov 2026", null],
  ["25:00", null],
  ["10:75", null],
  ["13pm", null],
  ["tomorrow friday", null],
  ["9 10", null],
  ["when I feel like it", null],
  ["in 3 h tomorrow", null],
  ["24 dec 2020", null],
  ["24 dec 2099", null],
  ["", null],
  ["   ", null],
];

Deno.test("readWhen() reads what people write", () => {
  for (const [words, expected] of CASES) assert.equal(read(words), expected, words);
});

Deno.test("readWhen() knows the reader's own names of days and months, and their order of a date", () => {
  assert.equal(read("morgen 14:30", "de"), "2026-11-24 14:30");
  assert.equal(read("übermorgen", "de"), "2026-11-25 09:00");
  assert.equal(read("Freitag 15 Uhr", "de-DE"), "2026-11-27 15:00");
  assert.equal(read("24. März", "de"), "2027-03-24 09:00");
  assert.equal(read("demain 9h30", "fr"), "2026-11-24 09:30");
  assert.equal(read("mar 14:00", "fr"), "2026-11-24 14:00");
  assert.equal(read("vrijdag", "nl"), "2026-11-27 09:00");
  assert.equal(read("5/12", "en-GB"), "2026-12-05 09:00");
  assert.equal(read("12/5", "en-US"), "2026-12-05 09:00");
  assert.equal(read("tomorrow", "not a locale"), "2026-11-24 09:00");
});

Deno.test("readWhen() keeps the clock over the change to winter and summer time", () => {
  const saturday = Date.parse("2026-10-24T10:00:00Z");
  assert.equal(readWhen("tomorrow 9:00", saturday, ZONE), Date.parse("2026-10-25T08:00:00Z"));
  // Elapsed time is elapsed time.
  assert.equal(readWhen("in 24 h", saturday, ZONE), saturday + 24 * 3_600_000);
  const spring = Date.parse("2026-03-28T10:00:00Z");
  assert.equal(readWhen("tomorrow 9:00", spring, ZONE), Date.parse("2026-03-29T07:00:00Z"));
});

Deno.test("readWhen() of anything never throws and never lies in the past", () => {
  const words = fc.constantFrom(
    "in",
    "next",
    "3",
    "h",
    "fri",
    "24",
    "dec",
    "14:00",
    "pm",
    ".",
    "/",
  );
  const text = fc.oneof(fc.string(), fc.array(words, { maxLength: 6 }).map((all) => all.join(" ")));
  fc.assert(fc.property(text, fc.constantFrom("en", "de", "fr", "ja", "ar"), (typed, locale) => {
    const at = readWhen(typed, NOW, ZONE, locale);
    assert.ok(at === null || at > NOW);
  }));
});

Deno.test("whenPresets() lie in the future, in the agent's morning, each once", () => {
  const words = (now: string) =>
    whenPresets(Date.parse(now), ZONE).map(({ id, at }) => `${id} ${new Date(at).toISOString()}`);

  assert.deepEqual(words("2026-11-23T09:12:00Z"), [
    "later 2026-11-23T12:30:00.000Z",
    "tomorrow 2026-11-24T08:00:00.000Z",
    "monday 2026-11-30T08:00:00.000Z",
  ]);
  // Sunday evening: tomorrow is Monday, and today is over.
  assert.deepEqual(words("2026-11-29T20:00:00Z"), [
    "tomorrow 2026-11-30T08:00:00.000Z",
    "next_week 2026-12-06T08:00:00.000Z",
  ]);
  const anyTime = fc.integer({ min: NOW, max: NOW + 400 * 86_400_000 });
  fc.assert(fc.property(anyTime, (now) => {
    for (const { at } of whenPresets(now, ZONE)) {
      assert.ok(at > now);
      assert.equal(momentOf(wallTimeOf(at, ZONE), ZONE), at);
    }
  }));
});
