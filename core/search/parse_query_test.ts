import assert from "node:assert/strict";
import fc from "fast-check";
import { dayRange } from "./day_range.ts";
import { parseQuery } from "./parse_query.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const OPTIONS = { now: NOW, timeZone: "UTC" };
const day = (month: number, date: number, hours = 0) => Date.UTC(2026, month - 1, date, hours);

Deno.test("parseQuery() takes words, phrases and filters together", () => {
  assert.deepEqual(parseQuery('refund -"blue chair" from:ana -tag:"late order" is:open', OPTIONS), {
    words: [
      { text: "refund", isExact: false, isNot: false },
      { text: "blue chair", isExact: true, isNot: true },
    ],
    filters: [
      { field: "from", value: "ana", isNot: false },
      { field: "tag", value: "late order", isNot: true },
      { field: "is", value: "open", isNot: false },
    ],
    sinceAt: null,
    beforeAt: null,
    unclear: [],
  });
});

Deno.test("parseQuery() takes what is no filter for words", () => {
  const { words, filters } = parseQuery("https://example.com re: 10:30 foo:bar", OPTIONS);

  assert.deepEqual(filters, []);
  assert.deepEqual(words.map(({ text }) => text), [
    ...["https://example.com", "re:", "10:30", "foo:bar"],
  ]);
});

Deno.test("parseQuery() narrows time by days and says which are none", () => {
  const range = (query: string) => {
    const { sinceAt, beforeAt, unclear } = parseQuery(query, OPTIONS);
    return { sinceAt, beforeAt, unclear };
  };

  assert.deepEqual(range("after:2026-02-01 before:2026-03-01"), {
    sinceAt: day(2, 1),
    beforeAt: day(3, 1),
    unclear: [],
  });
  assert.deepEqual(range("on:yesterday"), { sinceAt: day(3, 1), beforeAt: day(3, 2), unclear: [] });
  assert.deepEqual(range("after:7d"), { sinceAt: day(2, 23), beforeAt: null, unclear: [] });
  assert.deepEqual(range("on:2026-02"), { sinceAt: day(2, 1), beforeAt: day(3, 1), unclear: [] });
  assert.deepEqual(range("before:soon on:2026-02-30 from:"), {
    sinceAt: null,
    beforeAt: null,
    unclear: ["before:soon", "on:2026-02-30"],
  });
});

Deno.test("parseQuery() stands whatever is typed", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 700 }), (query) => {
    const { words, filters } = parseQuery(query, OPTIONS);
    assert.ok(words.length + filters.length <= 32);
    for (const { text } of words) assert.ok(!text.includes('"'));
  }));
});

Deno.test("dayRange() knows days of 23 and 25 hours", () => {
  const hours = (words: string) => {
    const range = dayRange(words, { now: NOW, timeZone: "Europe/Amsterdam" });
    return range && (range.endAt - range.startAt) / 3_600_000;
  };

  assert.equal(hours("2026-03-29"), 23);
  assert.equal(hours("2026-10-25"), 25);
  assert.equal(hours("2026"), 365 * 24);
  assert.equal(dayRange("2026-13", { now: NOW, timeZone: "UTC" }), null);
  assert.deepEqual(
    dayRange("2026-03-01", { now: NOW, timeZone: "Nowhere/Land" }),
    dayRange("2026-03-01", OPTIONS),
  );
});
