import assert from "node:assert/strict";
import fc from "fast-check";
import type { Conversation } from "../model/conversation.ts";
import {
  comparePositions,
  decodePosition,
  encodePosition,
  type Position,
  positionOf,
  selectPage,
  type Sort,
} from "./select.ts";

const SORTS: readonly Sort[] = ["newest", "oldest", "waiting", "priority"];

/** Few times, so that many rows stand at the same place but for their id. */
const Row = fc.record({
  lastMessageAt: fc.integer({ min: 1, max: 5 }),
  statusAt: fc.integer({ min: 1, max: 5 }),
  waitingSince: fc.option(fc.integer({ min: 1, max: 3 })),
  priority: fc.constantFrom(null, "low", "medium", "high", "urgent"),
  status: fc.constantFrom("open", "snoozed", "closed"),
});

Deno.test("selectPage() pages through any rows in the order that sorting all of them gives", () => {
  fc.assert(fc.property(
    fc.array(Row, { maxLength: 40 }),
    fc.constantFrom(...SORTS),
    fc.integer({ min: 1, max: 7 }),
    (fields, sort, limit) => {
      // Only what an order looks at.
      const rows = fields.map((row, i) => ({ ...row, id: `cnv_${i}` }) as Conversation);
      const sorted = rows.toSorted((a, b) =>
        comparePositions(positionOf(a, sort), positionOf(b, sort))
      );

      const paged: Conversation[] = [];
      let after: Position | null = null;
      do {
        const page: ReturnType<typeof selectPage> = selectPage(rows, { sort, limit, after });
        assert.ok(page.items.length <= limit);
        paged.push(...page.items);
        after = page.next;
      } while (after !== null);

      assert.deepEqual(paged.map(({ id }) => id), sorted.map(({ id }) => id));
    },
  ));
});

Deno.test("decodePosition() gives back what encodePosition() was given, null for anything else", () => {
  fc.assert(fc.property(fc.integer(), fc.stringMatching(/^[a-z0-9_]{1,40}$/), (value, id) => {
    // There is one zero in text.
    const position = { value: value + 0, id };
    assert.deepEqual(decodePosition(encodePosition(position)), position);
  }));
  for (const text of ["", "x", "AAAA", btoa("1"), btoa("x y"), btoa("1 two words")]) {
    assert.equal(decodePosition(text), null, text);
  }
});
