import assert from "node:assert/strict";
import type { BarItem } from "./bar_page.ts";
import { rankItems } from "./rank_items.ts";

const item = (id: string, group: string, more: Partial<BarItem> = {}): BarItem => ({
  id,
  words: id,
  group,
  ...more,
});
const ITEMS = [
  item("Next", "Move"),
  item("Assign", "Decide", { also: "give" }),
  item("Assign to me", "Decide", { also: "take mine" }),
  item("Snooze", "Decide"),
  item("Snoozed", "Go to", { detail: "4" }),
];
const shown = (typed: string, recent: readonly string[] = []) =>
  rankItems(ITEMS, typed, recent).map(({ title, items }) => [title, ...items.map(({ id }) => id)]);

Deno.test("rankItems() shows everything in order while nothing is typed, what was used lately first", () => {
  assert.deepEqual(shown(""), [
    ["Move", "Next"],
    ["Decide", "Assign", "Assign to me", "Snooze"],
    ["Go to", "Snoozed"],
  ]);
  assert.deepEqual(shown("", ["Snooze", "gone", "Next"]), [
    ["Recent", "Snooze", "Next"],
    ["Decide", "Assign", "Assign to me"],
    ["Go to", "Snoozed"],
  ]);
});

Deno.test("rankItems() keeps what fits, the best group first", () => {
  assert.deepEqual(shown("sn"), [["Decide", "Snooze"], ["Go to", "Snoozed"]]);
  assert.deepEqual(shown("snoozed"), [["Go to", "Snoozed"]]);
  assert.deepEqual(shown("zzz"), []);
});

Deno.test("rankItems() finds by other words, and prefers what was used lately between equals", () => {
  assert.deepEqual(shown("give"), [["Decide", "Assign"]]);
  assert.deepEqual(shown("as"), [["Decide", "Assign", "Assign to me"]]);
  assert.deepEqual(shown("as", ["Assign to me"]), [["Decide", "Assign to me", "Assign"]]);
  assert.deepEqual(shown("assign", ["Assign to me"]), [["Decide", "Assign", "Assign to me"]]);
});

Deno.test("rankItems() shows at most six of a group while words are typed", () => {
  const many = Array.from({ length: 20 }, (_, n) => item(`Inbox ${n}`, "Inboxes"));

  assert.equal(rankItems(many, "inbox", [])[0]?.items.length, 6);
  assert.equal(rankItems(many, "", [])[0]?.items.length, 20);
});
