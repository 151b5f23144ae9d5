import assert from "node:assert/strict";
import fc from "fast-check";
import { queryParts } from "@/core/model/query_parts.ts";
import { suggestFilters, withFilter, withoutPart } from "./suggest_filters.ts";

const NAMES = {
  people: ["Nora Visser", "Jonas Bakker"],
  tags: ["Warranty", "Réparation"],
  channels: ["Email", "Website chat"],
  inboxes: ["Support"],
};

function suggested(query: string, caret = query.length) {
  return suggestFilters(query, caret, NAMES).map(({ query }) => query);
}

Deno.test("suggestFilters() completes the value of the filter at the caret", () => {
  assert.deepEqual(suggested("tag:wa"), ["tag:Warranty "]);
  assert.deepEqual(suggested("-tag:REP"), ["-tag:Réparation "]);
  assert.deepEqual(suggested("assignee:nora"), ['assignee:"Nora Visser" ']);
  assert.deepEqual(suggested("channel: fork", 8), [
    "channel:Email fork",
    'channel:"Website chat" fork',
  ]);
  assert.deepEqual(suggested("is:un forcella", 5), ["is:unread forcella"]);
  assert.deepEqual(suggested("is:open"), []);
});

Deno.test("suggestFilters() names filters that are begun, and leaves words alone", () => {
  assert.deepEqual(suggested("refund fr"), ["refund from:"]);
  assert.deepEqual(suggested('"fr'), []);
  assert.deepEqual(suggested("refund "), []);
  assert.deepEqual(suggested("subject:refund"), []);
});

Deno.test("withoutPart() takes one part away and keeps the others", () => {
  const query = 'fork tag:"two words" is:open';
  const [, tag] = queryParts(query);
  assert.ok(tag);

  assert.equal(withoutPart(query, tag), "fork is:open");
});

Deno.test("withFilter() adds a filter to be filled in", () => {
  assert.deepEqual(withFilter("fork ", "tag"), {
    label: "tag",
    hint: "a tag of the conversation",
    query: "fork tag:",
    caret: 9,
  });
});

Deno.test("suggestFilters() never breaks the other parts of a query", () => {
  fc.assert(fc.property(fc.string({ maxLength: 60 }), fc.nat(60), (query, caret) => {
    for (const { query: next, caret: at } of suggestFilters(query, caret, NAMES)) {
      assert.ok(at <= next.length);
      const part = queryParts(query).find(({ start, end }) => start < caret && caret <= end);
      assert.ok(part);
      assert.ok(next.startsWith(query.slice(0, part.start)));
    }
  }));
});
