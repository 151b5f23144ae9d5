import assert from "node:assert/strict";
import fc from "fast-check";
import { rowsInSight, scrollTopFor } from "./rows_in_sight.ts";

const sights = fc.record({
  top: fc.nat(4_000_000),
  heightPx: fc.integer({ min: 1, max: 2_000 }),
  rowPx: fc.integer({ min: 20, max: 90 }),
  count: fc.nat(60_000),
});

Deno.test("rowsInSight() draws every row that is seen, and few besides", () => {
  fc.assert(fc.property(sights, ({ top, heightPx, rowPx, count }) => {
    // What a browser lets one scroll to.
    top = Math.min(top, Math.max(0, count * rowPx - heightPx));
    const { start, end } = rowsInSight({ top, heightPx, rowPx, count });
    const firstSeen = Math.floor(top / rowPx);
    const lastSeen = Math.min(count, Math.ceil((top + heightPx) / rowPx));

    assert.ok(0 <= start && start <= end && end <= count);
    assert.ok(start <= firstSeen && end >= lastSeen, `${start}–${end}`);
    assert.ok(end - start <= heightPx / rowPx + 34, `${end - start} rows`);
  }));
});

Deno.test("rowsInSight() stays within a list that became shorter", () => {
  const sight = { top: 64_000, heightPx: 640, rowPx: 64 };

  assert.deepEqual(rowsInSight({ ...sight, count: 3 }), { start: 2, end: 3 });
  assert.deepEqual(rowsInSight({ ...sight, count: 0 }), { start: 0, end: 0 });
});

Deno.test("rowsInSight() is the same while a few rows are scrolled", () => {
  const at = (top: number) => rowsInSight({ top, heightPx: 640, rowPx: 64, count: 50_000 });
  const ranges = Array.from({ length: 64 * 8 }, (_, px) => at(640_000 + px));

  assert.ok(new Set(ranges.map(({ start, end }) => `${start} ${end}`)).size <= 3);
});

Deno.test("scrollTopFor() shows a row whole and moves no further than it must", () => {
  const place = { top: 1_000, heightPx: 500, rowPx: 100 };

  assert.equal(scrollTopFor(12, place), 1_000);
  assert.equal(scrollTopFor(3, place), 300);
  assert.equal(scrollTopFor(20, place), 1_600);
});
