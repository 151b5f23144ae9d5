import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import fc from "fast-check";
import type { ApiConversation, ApiConversationPatch } from "../../../core/model/api.ts";
import type { Result } from "../../../core/result.ts";
import type { ApiBulkAnswer, ApiBulkChange, ApiFailure } from "./api.ts";
import { applyToMany } from "./apply_to_many.ts";
import { type Change, fieldsAfter } from "./conversation_change.ts";
import { sampleConversation } from "./sample_records.ts";
import { ConversationStore } from "./conversation_store.ts";
import { Selection } from "./selection.ts";
import { ToastStore } from "./toast_store.ts";

/** A server that does what it is asked, but for some ids. */
function server(rows: readonly ApiConversation[], refused: ReadonlySet<string> = new Set()) {
  const known = new Map(rows.map((row) => [row.id, row]));
  const calls: (readonly string[])[] = [];
  const apply = (id: string, change: Change): ApiConversation | null => {
    const row = known.get(id);
    if (row === undefined || refused.has(id)) return null;
    const after = { ...row, ...fieldsAfter(row, change) };
    known.set(id, after);
    return after;
  };
  return {
    known,
    calls,
    updateConversation(id: string, patch: ApiConversationPatch) {
      calls.push([id]);
      const after = apply(id, patch);
      return Promise.resolve<Result<ApiConversation, ApiFailure>>(
        after === null
          ? { ok: false, error: { code: "refused", status: 403, detail: "Not yours" } }
          : { ok: true, value: after },
      );
    },
    updateConversations({ ids, set = {}, action }: ApiBulkChange) {
      calls.push(ids);
      const unread = action === undefined ? {} : { unread: action === "unread" };
      const results = ids.map((id) => {
        const conversation = apply(id, { ...set, ...unread });
        return conversation === null
          ? { id, ok: false, error: { code: "forbidden", title: "No", detail: "Not yours" } }
          : { id, ok: true, conversation };
      });
      return Promise.resolve<Result<ApiBulkAnswer, ApiFailure>>({ ok: true, value: { results } });
    },
  };
}

function createModel({ rows, api }: {
  readonly rows: readonly ApiConversation[];
  readonly api: ReturnType<typeof server>;
}) {
  const conversations = new ConversationStore({
    api: {
      conversations: () => Promise.reject(new Error("not asked for here")),
      counts: () => Promise.reject(new Error("not asked for here")),
    },
    rules: { me: "usr_me", now: () => 0, savedFilter: () => null },
    name: { scope: "all", view: "open", sort: "newest" },
    page: { items: rows, next: null },
    counts: {},
  });
  const selection = new Selection();
  return {
    conversations,
    selection,
    bulkProgress: signal<{ readonly done: number; readonly total: number } | null>(null),
    toasts: new ToastStore({ now: () => 0, after: () => () => {} }),
    ports: { now: () => 0, api },
  };
}

const state = fc.record({
  status: fc.constantFrom("open", "closed", "spam"),
  assigneeId: fc.constantFrom(null, "usr_1"),
  priority: fc.constantFrom(null, "high"),
  unread: fc.boolean(),
  tags: fc.uniqueArray(fc.constantFrom("a", "b"), { maxLength: 2 }),
});
const change: fc.Arbitrary<Change> = fc.record({
  status: fc.constantFrom("open", "closed", "trash"),
  assigneeId: fc.constantFrom(null, "usr_2"),
  priority: fc.constantFrom("low", "high"),
  addTags: fc.constant(["b", "c"]),
  unread: fc.boolean(),
}, { requiredKeys: [] });

Deno.test("applyToMany() and its Undo bring each conversation of any states back, here and at the server", async () => {
  const states = fc.array(state, { minLength: 1, maxLength: 8 });
  await fc.assert(fc.asyncProperty(states, change, async (made, wanted) => {
    const rows = made.map((fields, n) => sampleConversation(`cnv_${n}`, fields));
    const api = server(rows);
    const model = createModel({ rows, api });
    model.selection.set(rows.map(({ id }) => id));

    const isDone = await applyToMany(model, rows, wanted, "Done");

    assert.ok(isDone);
    for (const row of rows) {
      assert.deepEqual(api.known.get(row.id), { ...row, ...fieldsAfter(row, wanted) });
      assert.deepEqual(model.conversations.get(row.id), api.known.get(row.id));
    }
    const didSomething = rows.some((row) => Object.keys(fieldsAfter(row, wanted)).length > 0);
    assert.equal(model.toasts.undo(), didSomething);
    // What is on its way arrives first; then one call for each way back.
    for (let n = 0; n < 60; n++) await Promise.resolve();
    for (const row of rows) {
      assert.deepEqual(api.known.get(row.id), row);
      assert.deepEqual(model.conversations.get(row.id), row);
    }
  }));
});

Deno.test("applyToMany() keeps what was refused picked and as it was, and says how many and why", async () => {
  const rows = ["a", "b", "c"].map((id) => sampleConversation(id));
  const model = createModel({ rows, api: server(rows, new Set(["b"])) });
  model.selection.set(["a", "b", "c"]);

  const isDone = await applyToMany(model, rows, { status: "closed" }, "Closed");

  assert.equal(isDone, false);
  assert.deepEqual([...model.selection.ids.peek()], ["b"]);
  assert.deepEqual(["a", "b", "c"].map((id) => model.conversations.get(id)?.status), [
    "closed",
    "open",
    "closed",
  ]);
  assert.deepEqual(model.toasts.items.peek().map(({ text }) => text), [
    "Closed: 3 conversations",
    "1 of 3 not changed: Not yours",
  ]);
});

Deno.test("applyToMany() leaves alone what was picked before the server answered", async () => {
  const rows = ["a", "b", "c"].map((id) => sampleConversation(id));
  const model = createModel({ rows, api: server(rows) });
  model.selection.set(["a", "b"]);

  const running = applyToMany(model, rows.slice(0, 2), { status: "closed" }, "Closed");
  model.selection.set(["a", "b", "c"]);
  await running;

  assert.deepEqual([...model.selection.ids.peek()], ["a", "b", "c"]);
});

Deno.test("applyToMany() shows it before the server answers, asks for a hundred at a time, and says nothing of nothing", async () => {
  const rows = Array.from({ length: 230 }, (_, n) => sampleConversation(`cnv_${n}`));
  const api = server(rows);
  const model = createModel({ rows, api });

  const running = applyToMany(model, rows, { status: "closed" }, "Closed");
  assert.ok(rows.every(({ id }) => model.conversations.get(id)?.status === "closed"));
  assert.deepEqual(model.bulkProgress.peek(), { done: 0, total: 230 });
  await running;

  assert.deepEqual(api.calls.map((ids) => ids.length), [100, 100, 30]);
  assert.equal(model.bulkProgress.peek(), null);
  await applyToMany(model, rows, { assigneeId: null }, "Given back");
  assert.equal(api.calls.length, 3);
});
