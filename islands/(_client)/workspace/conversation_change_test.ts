import assert from "node:assert/strict";
import fc from "fast-check";
import { type Change, fieldsAfter, inverseOf } from "./conversation_change.ts";
import { sampleConversation } from "./sample_records.ts";

const NOW = Date.UTC(2026, 2, 10, 9);
const LATER = new Date(NOW + 3_600_000).toISOString();
const EARLIER = new Date(NOW - 1).toISOString();

const tags = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 });
const conversation = fc.record({
  status: fc.constantFrom("open", "closed", "snoozed", "spam", "trash"),
  assigneeId: fc.constantFrom(null, "usr_1", "usr_2"),
  teamId: fc.constantFrom(null, "tem_1", "tem_2"),
  priority: fc.constantFrom(null, "low", "urgent"),
  inboxId: fc.constantFrom("inb_1", "inb_2"),
  unread: fc.boolean(),
  tags,
}).map((fields) =>
  sampleConversation("cnv_1", {
    ...fields,
    snoozedUntil: fields.status === "snoozed" ? LATER : null,
  })
);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ status: fc.constantFrom("open", "closed", "spam", "trash") }),
  fc.record({ snoozedUntil: fc.constantFrom(LATER, new Date(NOW + 1).toISOString()) }),
  fc.record({ assigneeId: fc.constantFrom(null, "usr_1", "usr_2") }),
  fc.record({ teamId: fc.constantFrom(null, "tem_1", "tem_2") }),
  fc.record({ priority: fc.constantFrom(null, "low", "urgent") }),
  fc.record({ addTags: tags, removeTags: tags }),
  fc.record({ tags }),
  fc.record({ inboxId: fc.constantFrom("inb_1", "inb_2") }),
  fc.record({ unread: fc.boolean() }),
);

Deno.test("inverseOf() brings back any state after any changes, and nothing changes nothing", () => {
  fc.assert(fc.property(conversation, fc.array(change, { maxLength: 4 }), (before, changes) => {
    let row = before;
    const undo: Change[] = [];
    for (const one of changes) {
      const fields = fieldsAfter(row, one);
      undo.unshift(inverseOf(row, fields, NOW));
      if (Object.keys(fields).length === 0) assert.deepEqual(undo[0], {});
      row = { ...row, ...fields };
    }

    for (const one of undo) row = { ...row, ...fieldsAfter(row, one) };

    assert.deepEqual(row, before);
  }));
});

Deno.test("fieldsAfter() follows the server: a time puts off, any other status wakes", () => {
  const open = sampleConversation("cnv_1");
  const snoozed = sampleConversation("cnv_1", { status: "snoozed", snoozedUntil: LATER });

  assert.deepEqual(fieldsAfter(open, { snoozedUntil: LATER }), {
    status: "snoozed",
    snoozedUntil: LATER,
  });
  assert.deepEqual(fieldsAfter(snoozed, { status: "closed" }), {
    status: "closed",
    snoozedUntil: null,
  });
  assert.deepEqual(fieldsAfter(open, { status: "open", assigneeId: null }), {});
});

Deno.test("inverseOf() opens what was put off until a time that has passed, and gives a moved one back whole", () => {
  const snoozed = sampleConversation("cnv_1", { status: "snoozed", snoozedUntil: EARLIER });
  assert.deepEqual(inverseOf(snoozed, fieldsAfter(snoozed, { status: "closed" }), NOW), {
    status: "open",
  });

  const owned = sampleConversation("cnv_1", { assigneeId: "usr_1", teamId: "tem_1" });
  const back = inverseOf(owned, fieldsAfter(owned, { inboxId: "inb_2" }), NOW);
  // The server takes a person and a team that do not work there off it.
  assert.deepEqual(back, { inboxId: "inb_1", assigneeId: "usr_1", teamId: "tem_1" });
});
