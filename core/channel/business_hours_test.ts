import assert from "node:assert/strict";
import fc from "fast-check";
import { BusinessHoursLine, isOpenAt, TimeZoneName } from "./business_hours.ts";

const WEEK = ["mon-fri 09:00-17:30", "Sat 10:00 - 12:00"];
/** 2 March 2026 is a Monday. */
const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 2, day, hour, minute);

Deno.test("isOpenAt() goes by weekdays and times, the end excluded", () => {
  const table: readonly [at: number, isOpen: boolean][] = [
    [at(2, 8, 59), false],
    [at(2, 9), true],
    [at(6, 17, 29), true],
    [at(6, 17, 30), false],
    [at(7, 11), true],
    [at(7, 12), false],
    [at(8, 11), false],
  ];
  for (const [moment, isOpen] of table) {
    assert.equal(isOpenAt(WEEK, "UTC", moment), isOpen, new Date(moment).toISOString());
  }
});

Deno.test("isOpenAt() reads the clocks of the zone, in summer and winter", () => {
  assert.equal(isOpenAt(WEEK, "Europe/Amsterdam", at(2, 8)), true, "09:00 in winter");
  assert.equal(isOpenAt(WEEK, "Europe/Amsterdam", at(2, 7)), false, "08:00 in winter");
  assert.equal(isOpenAt(WEEK, "Europe/Amsterdam", at(30, 7)), true, "09:00 in summer");
  assert.equal(isOpenAt(WEEK, "Asia/Tokyo", at(1, 23)), false, "08:00 on Monday");
  assert.equal(isOpenAt(WEEK, "Asia/Tokyo", at(2, 0)), true, "09:00 on Monday");
});

Deno.test("isOpenAt() goes on over midnight, over the end of the week and around it", () => {
  const night = ["sun 22:00-02:00"];
  assert.equal(isOpenAt(night, "UTC", at(8, 23)), true);
  assert.equal(isOpenAt(night, "UTC", at(9, 1)), true, "Monday");
  assert.equal(isOpenAt(night, "UTC", at(9, 2)), false);
  assert.equal(isOpenAt(["sat-mon 10:00-12:00"], "UTC", at(8, 11)), true);
  assert.equal(isOpenAt(["sat-mon 10:00-12:00"], "UTC", at(3, 11)), false);
  assert.equal(isOpenAt(["mon-sun 00:00-24:00"], "UTC", at(8, 23, 59)), true);
});

Deno.test("isOpenAt() is always open without hours, and in no zone by UTC", () => {
  assert.equal(isOpenAt([], "UTC", at(8, 3)), true);
  assert.equal(isOpenAt(WEEK, "Nowhere/At all", at(2, 9)), true);
  assert.equal(isOpenAt(["whenever"], "UTC", at(2, 9)), false);
});

Deno.test("BusinessHoursLine and TimeZoneName take what isOpenAt() understands and nothing else", () => {
  for (const line of [...WEEK, "fri 22:00-02:00", "mon 00:00-24:00"]) {
    assert.ok(BusinessHoursLine.safeParse(line).success, line);
  }
  const wrong = [
    "",
    "mon",
    "9-17",
    "mon 9-17",
    "mon 09:00-09:00",
    "mon 24:00-02:00",
    "mon 09:61-10:00",
  ];
  for (const line of [...wrong, "fun 09:00-10:00", "mon 09:00-25:00"]) {
    assert.ok(!BusinessHoursLine.safeParse(line).success, line);
  }
  assert.ok(TimeZoneName.safeParse("Europe/Amsterdam").success);
  assert.ok(!TimeZoneName.safeParse("Amsterdam").success);
  fc.assert(fc.property(fc.string(), fc.string(), fc.integer(), (line, zone, moment) => {
    assert.equal(typeof isOpenAt([line], zone, moment), "boolean");
  }));
});
