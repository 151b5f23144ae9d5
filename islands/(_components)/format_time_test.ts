import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatClock,
  formatDay,
  formatFull,
  formatPreset,
  formatShort,
  formatUpcoming,
  isSameDay,
} from "./format_time.ts";

// Thursday 20 November 2025, 10:30 in Amsterdam
const now = Date.parse("2025-11-20T09:30:00Z");
const amsterdam = { now, timeZone: "Europe/Amsterdam" };

const short: readonly (readonly [at: string, expected: string])[] = [
  ["2025-11-20T09:24:00Z", "10:24"],
  ["2025-11-19T23:00:00Z", "00:00"],
  ["2025-11-19T22:59:00Z", "Yesterday"],
  ["2025-11-18T12:00:00Z", "Tue"],
  ["2025-11-14T12:00:00Z", "Fri"],
  ["2025-11-13T12:00:00Z", "13 Nov"],
  ["2025-04-02T12:00:00Z", "2 Apr"],
  ["2024-04-12T12:00:00Z", "12 Apr 2024"],
  ["2025-11-22T12:00:00Z", "22 Nov"],
];

for (const [at, expected] of short) {
  Deno.test(`formatShort() writes ${at} as "${expected}"`, () => {
    assert.equal(formatShort(Date.parse(at), amsterdam), expected);
  });
}

Deno.test("formatShort() takes the day from the zone, not from UTC", () => {
  const at = Date.parse("2025-11-19T23:30:00Z");

  assert.equal(formatShort(at, { now, timeZone: "UTC" }), "Yesterday");
  assert.equal(formatShort(at, amsterdam), "00:30");
});

Deno.test("formatDay() names near days and dates far ones", () => {
  const day = (at: string) => formatDay(Date.parse(at), amsterdam);

  assert.equal(day("2025-11-20T09:00:00Z"), "Today");
  assert.equal(day("2025-11-19T09:00:00Z"), "Yesterday");
  assert.equal(day("2025-11-17T09:00:00Z"), "Monday");
  assert.equal(day("2025-11-01T09:00:00Z"), "1 November");
  assert.equal(day("2023-11-01T09:00:00Z"), "1 November 2023");
});

Deno.test("formatUpcoming() says when something comes back", () => {
  const upcoming = (at: string) => formatUpcoming(Date.parse(at), amsterdam);

  assert.equal(upcoming("2025-11-20T13:00:00Z"), "14:00");
  assert.equal(upcoming("2025-11-21T08:00:00Z"), "Tomorrow 09:00");
  assert.equal(upcoming("2025-11-24T08:00:00Z"), "Mon 09:00");
  assert.equal(upcoming("2025-12-24T08:00:00Z"), "24 Dec 09:00");
});

Deno.test("formatPreset() names the day of what is not today", () => {
  const preset = (at: string) => formatPreset(Date.parse(at), amsterdam);

  assert.equal(preset("2025-11-20T13:00:00Z"), "14:00");
  assert.equal(preset("2025-11-21T08:00:00Z"), "Fri 09:00");
  assert.equal(preset("2025-11-27T08:00:00Z"), "Thu 09:00");
});

Deno.test("formatClock() and formatFull() are in the zone", () => {
  assert.equal(formatClock(now, { now, timeZone: "America/New_York" }), "04:30");
  assert.equal(
    formatFull(now, "America/New_York"),
    "Thursday 20 November 2025, 04:30 (America/New_York)",
  );
});

Deno.test("a day is still one day where clocks change", () => {
  const zone = "Europe/Amsterdam";
  const evening = Date.parse("2025-10-25T20:00:00Z");
  const afterChange = Date.parse("2025-10-26T20:00:00Z");

  assert.equal(formatShort(evening, { now: afterChange, timeZone: zone }), "Yesterday");
  assert.equal(isSameDay(evening, afterChange, zone), false);
});

Deno.test("formatShort() uses plain ASCII only, so that every engine writes the same", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
    assert.match(formatShort(at, amsterdam), /^[\x20-\x7e]+$/);
  }));
});
