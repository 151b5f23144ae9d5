import assert from "node:assert/strict";
import { formatAge, formatBytes, formatDay, formatProgress } from "./format.ts";
import { languageFor } from "./texts.ts";

const en = languageFor("en-GB");
const now = new Date(2026, 2, 2, 12).getTime();
const at = (month: number, day: number, hour: number, minute = 0, year = 2026) =>
  new Date(year, month - 1, day, hour, minute).getTime();

Deno.test("formatDay() names days near, dates far", () => {
  assert.equal(formatDay(at(3, 2, 0), now, en), "Today");
  assert.equal(formatDay(at(3, 1, 23), now, en), "Yesterday");
  assert.equal(formatDay(at(2, 20, 9), now, en), "20 February");
  assert.equal(formatDay(at(12, 31, 9, 0, 2025), now, en), "31 December 2025");
  assert.equal(formatDay(at(3, 2, 0), now, languageFor("de")), "Heute");
});

Deno.test("formatAge() is short", () => {
  assert.equal(formatAge(now - 20_000, now, en), "now");
  assert.equal(formatAge(now + 20_000, now, en), "now", "the server's clock may be ahead");
  assert.match(formatAge(now - 5 * 60_000, now, en), /^5 min/);
  assert.match(formatAge(at(3, 2, 9, 5), now, en), /^0?9:05$/);
  assert.equal(formatAge(at(2, 20, 9), now, en), "20 Feb");
});

Deno.test("formatBytes() and formatProgress() use the visitor's units", () => {
  assert.equal(formatBytes(512, en), "512 bytes");
  assert.equal(formatBytes(1, en), "1 byte");
  assert.equal(formatBytes(49_200, en), "48 kB");
  assert.equal(formatBytes(26_214_400, en), "25 MB");
  assert.equal(formatProgress(3_355_443, 5_033_165, languageFor("de")), "3,2 MB von 4,8 MB");
});
