import assert from "node:assert/strict";
import fc from "fast-check";
import type { Conversation } from "../model/conversation.ts";
import { NewestFirst } from "./newest_first.ts";

/** Few times and ids, so that rows meet and come back. Only what the order looks at. */
const Row = fc.record({
  id: fc.integer({ min: 0, max: 20 }).map((n) => `cnv_${n}`),
  lastMessageAt: fc.integer({ min: 1, max: 5 }),
}).map((row) => row as Conversation);

Deno.test("NewestFirst keeps any rows that come, move and leave in the order sorting gives", () => {
  fc.assert(fc.property(
    fc.array(Row, { maxLength: 20 }),
    fc.array(fc.record({ row: Row, leaves: fc.boolean() }), { maxLength: 60 }),
    (before, steps) => {
      const rows = new Map(before.map((row) => [row.id, row]));
      const order = new NewestFirst();
      order.load(rows.values());

      for (const { row, leaves } of steps) {
        const known = rows.get(row.id);
        if (known !== undefined) order.remove(known);
        rows.delete(row.id);
        if (leaves) continue;
        rows.set(row.id, row);
        order.insert(row);
      }

      const sorted = [...rows.values()].sort((a, b) =>
        b.lastMessageAt - a.lastMessageAt || (a.id < b.id ? -1 : 1)
      );
      assert.deepEqual([...order.newest(null)], sorted);
      for (const [i, row] of sorted.entries()) {
        assert.deepEqual([...order.newest(row)], sorted.slice(i + 1));
      }
    },
  ));
});

Deno.test("NewestFirst.remove() leaves others alone when the row is not there", () => {
  const order = new NewestFirst();
  const row = { id: "cnv_1", lastMessageAt: 1 } as Conversation;
  order.insert(row);

  order.remove({ ...row, id: "cnv_2" });
  order.remove({ ...row, lastMessageAt: 2 });

  assert.deepEqual([...order.newest(null)], [row]);
});
