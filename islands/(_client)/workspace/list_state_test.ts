import assert from "node:assert/strict";
import fc from "fast-check";
import type { ApiConversation } from "../../../core/model/api.ts";
import {
  appendPage,
  changeInList,
  createList,
  dropLeft,
  type ListState,
  placeRow,
  removeFromList,
  showWaiting,
  stepInList,
} from "./list_state.ts";
import type { ListRules } from "./list_rules.ts";
import { minute, sampleConversation } from "./sample_records.ts";

const NAME = { scope: "all", view: "open", sort: "newest" } as const;
const ME = "usr_me";
const RULES: ListRules = { me: ME, now: () => 0, savedFilter: () => null };

function listOf(...items: ApiConversation[]): ListState {
  return createList(NAME, { items, next: null });
}

function change(list: ListState, after: ApiConversation, before: ApiConversation | null = null) {
  return changeInList(list, { before, after, rules: RULES, isHeld: false });
}

Deno.test("changeInList() keeps a new conversation behind the pill", () => {
  const list = change(listOf(sampleConversation("a")), sampleConversation("b"));

  assert.deepEqual(list.ids, ["a"]);
  assert.deepEqual([...list.waiting], ["b"]);
});

Deno.test("changeInList() shows the first conversation of an empty list at once", () => {
  const list = change(listOf(), sampleConversation("a"));

  assert.deepEqual(list.ids, ["a"]);
  assert.equal(list.waiting.size, 0);
});

Deno.test("changeInList() leaves a row where it is when its customer writes again", () => {
  const old = sampleConversation("b", { lastMessageAt: minute(1) });
  const before = listOf(sampleConversation("a", { lastMessageAt: minute(2) }), old);

  const list = change(before, { ...old, lastMessageAt: minute(9) }, old);

  assert.deepEqual(list.ids, ["a", "b"]);
  assert.deepEqual([...list.waiting], ["b"]);
});

Deno.test("changeInList() does not announce our own replies or the row already on top", () => {
  const top = sampleConversation("a", { lastMessageAt: minute(2) });
  const below = sampleConversation("b", { lastMessageAt: minute(1) });
  const before = listOf(top, below);

  const written = change(before, { ...top, lastMessageAt: minute(9) }, top);
  const replied = change(
    before,
    { ...below, lastMessageAt: minute(9), previewKind: "reply" },
    below,
  );

  assert.equal(written.waiting.size, 0);
  assert.equal(replied.waiting.size, 0);
});

Deno.test("changeInList() takes a row away when it leaves, but not from under the pointer", () => {
  const before = sampleConversation("a");
  const after = sampleConversation("a", { status: "closed" });
  const list = listOf(before, sampleConversation("b"));

  const free = changeInList(list, { before, after, rules: RULES, isHeld: false });
  const held = changeInList(list, { before, after, rules: RULES, isHeld: true });

  assert.deepEqual(free.ids, ["b"]);
  assert.deepEqual(held.ids, ["a", "b"]);
  assert.deepEqual(dropLeft(held).ids, ["b"]);
});

Deno.test("changeInList() forgets that a row left when it comes back", () => {
  const open = sampleConversation("a");
  const closed = sampleConversation("a", { status: "closed" });
  const list = listOf(open);
  const held = changeInList(list, { before: open, after: closed, rules: RULES, isHeld: true });

  const back = changeInList(held, { before: closed, after: open, rules: RULES, isHeld: true });

  assert.deepEqual(dropLeft(back).ids, ["a"]);
});

Deno.test("changeInList() ignores what the list does not hold", () => {
  const list = createList({ ...NAME, scope: "inb_2", view: "mine" }, { items: [], next: null });

  assert.equal(change(list, sampleConversation("a", { assigneeId: ME })), list);
  assert.equal(
    change(list, sampleConversation("a", { inboxId: "inb_2", assigneeId: "usr_other" })),
    list,
  );
  assert.deepEqual(
    change(list, sampleConversation("a", { inboxId: "inb_2", assigneeId: ME })).ids,
    ["a"],
  );
});

Deno.test("changeInList() leaves a quiet change of an unloaded row to its page", () => {
  const list = createList(NAME, { items: [sampleConversation("a")], next: "more" });
  const before = sampleConversation("z");

  assert.equal(change(list, { ...before, tags: ["late"] }, before).waiting.size, 0);
  assert.equal(change(list, { ...before, lastMessageAt: minute(9) }, before).waiting.size, 1);
});

Deno.test("showWaiting() puts everything in its place", () => {
  const a = sampleConversation("a", { lastMessageAt: minute(1) });
  const b = sampleConversation("b", { lastMessageAt: minute(2) });
  const list = change(listOf(a), b);

  const shown = showWaiting(list, new Map([["a", a], ["b", b]]), RULES);

  assert.deepEqual(shown.ids, ["b", "a"]);
  assert.equal(shown.waiting.size, 0);
});

Deno.test("placeRow() puts one waiting row into its place and leaves the others waiting", () => {
  const [a, b, c] = [1, 2, 3].map((n) =>
    sampleConversation("abc"[n - 1]!, { lastMessageAt: minute(n) })
  );
  const list = change(change(listOf(a!), b!), c!);
  const records = new Map([a!, b!, c!].map((row) => [row.id, row]));

  const placed = placeRow(list, "b", records, RULES);

  assert.deepEqual(placed.ids, ["b", "a"]);
  assert.deepEqual([...placed.waiting], ["c"]);
  assert.equal(placeRow(placed, "z", records, RULES), placed);
});

Deno.test("appendPage() adds below and never twice", () => {
  const list = change(listOf(sampleConversation("a")), sampleConversation("b"));

  const more = appendPage(list, {
    items: [sampleConversation("a"), sampleConversation("b"), sampleConversation("c")],
    next: "n",
  });

  assert.deepEqual(more.ids, ["a", "b", "c"]);
  assert.equal(more.waiting.size, 0);
  assert.equal(more.next, "n");
});

Deno.test("stepInList() moves by one, stops at the ends and goes on where a row was", () => {
  const list = listOf(sampleConversation("a"), sampleConversation("b"), sampleConversation("c"));

  assert.equal(stepInList(list, null, 1), "a");
  assert.equal(stepInList(list, "a", 1), "b");
  assert.equal(stepInList(list, "c", 1), "c");
  assert.equal(stepInList(list, "a", -1), "a");
  assert.equal(stepInList(removeFromList(list, "b"), "b", 1, 1), "c");
  assert.equal(stepInList(removeFromList(list, "b"), "b", -1, 1), "a");
  assert.equal(stepInList(listOf(), null, 1), null);
});

Deno.test("a list after any changes and the pill equals the list read anew", () => {
  const ids = ["a", "b", "c", "d", "e"];
  const step = fc.record({
    id: fc.constantFrom(...ids),
    status: fc.constantFrom("open" as const, "closed" as const),
    at: fc.nat(50),
    isHeld: fc.boolean(),
  });

  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const records = new Map<string, ApiConversation>();
    let list = listOf();
    for (const { id, status, at, isHeld } of steps) {
      const after = sampleConversation(id, { status, lastMessageAt: minute(at) });
      list = changeInList(list, { before: records.get(id) ?? null, after, rules: RULES, isHeld });
      records.set(id, after);
    }

    const anew = [...records.values()].filter(({ status }) => status === "open")
      .toSorted((a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt) || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
    assert.deepEqual(showWaiting(list, records, RULES).ids, anew);
  }));
});

Deno.test("a row that waits below its place and then leaves under the pointer does not come back", () => {
  const open = sampleConversation("a", { lastMessageAt: minute(1) });
  const list = { ...listOf(open), waiting: new Set(["a"]) };
  const closed = sampleConversation("a", { status: "closed" });

  const left = changeInList(list, { before: open, after: closed, rules: RULES, isHeld: true });

  assert.deepEqual([...left.ids], ["a"]);
  assert.deepEqual(showWaiting(left, new Map([["a", closed]]), RULES).ids, []);
});
