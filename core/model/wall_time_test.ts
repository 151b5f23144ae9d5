import assert from "node:assert/strict";
import fc from "fast-check";
import { daysOn, isDay, momentOf, wallTimeOf, weekdayOf } from "./wall_time.ts";

const AMSTERDAM = "Europe/Amsterdam";
const wall = (year: number, month: number, day: number, hour: number, minute = 0) => ({
  year,
  month,
  day,
  hour,
  minute,
});

Deno.test("momentOf() is what a clock of the place shows, summer and winter", () => {
  assert.equal(momentOf(wall(2026, 1, 5, 9), AMSTERDAM), Date.parse("2026-01-05T08:00:00Z"));
  assert.equal(momentOf(wall(2026, 7, 6, 9), AMSTERDAM), Date.parse("2026-07-06T07:00:00Z"));
  assert.equal(
    momentOf(wall(2026, 7, 6, 9, 15), "Asia/Kathmandu"),
    Date.parse("2026-07-06T03:30:00Z"),
  );
});

Deno.test("momentOf() takes the first of an hour that comes twice and goes behind one that is skipped", () => {
  assert.equal(momentOf(wall(2026, 10, 25, 2, 30), AMSTERDAM), Date.parse("2026-10-25T00:30:00Z"));
  assert.equal(momentOf(wall(2026, 3, 29, 2, 30), AMSTERDAM), Date.parse("2026-03-29T01:30:00Z"));
});

Deno.test("momentOf() undoes wallTimeOf() anywhere, but for the hour that comes twice", () => {
  const zones = ["UTC", AMSTERDAM, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"];
  const minute = fc.integer({ min: Date.UTC(2015, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });
  fc.assert(fc.property(minute, fc.constantFrom(...zones), (minutes, zone) => {
    const at = minutes * 60_000;

    const back = momentOf(wallTimeOf(at, zone), zone);

    assert.deepEqual(wallTimeOf(back, zone), wallTimeOf(at, zone));
    assert.ok(at - back >= 0 && at - back <= 3_600_000);
  }));
});

Deno.test("daysOn() runs over months and years, weekdayOf() and isDay() know the calendar", () => {
  assert.deepEqual(
    daysOn(wall(2026, 12, 31, 22), 1, { hour: 9, minute: 0 }),
    wall(2027, 1, 1, 9),
  );
  assert.equal(weekdayOf(wall(2026, 11, 23, 1)), 1);
  assert.equal(isDay(wall(2028, 2, 29, 0)), true);
  assert.equal(isDay(wall(2027, 2, 29, 0)), false);
});
