import assert from "node:assert/strict";
import { ok, type Result } from "@/core/result.ts";
import { formatSearch, type FoundPage, parseSearch, SearchModel } from "./search_model.ts";

function foundPage(count: number, next: string | null = null): FoundPage {
  const items = Array.from({ length: count }, () => ({}) as FoundPage["items"][number]);
  return { items, contacts: [], unclear: [], isComplete: true, next, tookMs: 1 };
}

function openModel() {
  const asked: {
    readonly q: string;
    readonly cursor: string | null;
    answer(result: Result<FoundPage, string>): void;
  }[] = [];
  const timers = new Set<() => void>();
  const remembered: string[] = [];
  const model = new SearchModel({ route: { q: "", tab: "conversations" }, found: null }, {
    find: (query) =>
      new Promise((answer) => {
        asked.push({ ...query, answer });
      }),
    after(_ms, run) {
      timers.add(run);
      return () => timers.delete(run);
    },
    remember: (route) => void remembered.push(formatSearch(route)),
  });
  return {
    model,
    asked,
    remembered,
    pause() {
      for (const run of [...timers]) run();
      timers.clear();
    },
  };
}

Deno.test("SearchModel.type() asks once the letters pause, and remembers the address", () => {
  const { model, asked, remembered, pause } = openModel();

  for (const q of ["f", "fo", "fork"]) model.type(q);
  pause();

  assert.deepEqual(asked.map(({ q }) => q), ["fork"]);
  assert.deepEqual(remembered, ["/search?q=fork"]);
});

Deno.test("SearchModel shows the answer to what stands in the field, however late another comes", async () => {
  const { model, asked } = openModel();
  const first = model.search("fo");
  const second = model.search("fork");

  asked[1]?.answer(ok(foundPage(2)));
  await second;
  asked[0]?.answer(ok(foundPage(9)));
  await first;

  assert.equal(model.found.value?.items.length, 2);
  assert.equal(model.status.value, "ready");
});

Deno.test("SearchModel.more() adds the next page, once at a time, and none behind the last", async () => {
  const { model, asked } = openModel();
  const first = model.search("fork");
  asked[0]?.answer(ok(foundPage(20, "page 2")));
  await first;

  const more = model.more();
  void model.more();
  asked[1]?.answer(ok(foundPage(5)));
  await more;
  await model.more();

  assert.deepEqual(asked.map(({ cursor }) => cursor), [null, "page 2"]);
  assert.equal(model.found.value?.items.length, 25);
});

Deno.test("SearchModel keeps what was found when a search fails, and says why", async () => {
  const { model, asked } = openModel();
  const first = model.search("fork");
  asked[0]?.answer(ok(foundPage(3)));
  await first;

  const second = model.search("fork chain");
  asked[1]?.answer({ ok: false, error: "No connection" });
  await second;

  assert.equal(model.status.value, "failed");
  assert.equal(model.problem.value, "No connection");
  assert.equal(model.found.value?.items.length, 3);
});

Deno.test("SearchModel.search() of nothing asks nobody", async () => {
  const { model, asked } = openModel();

  await model.search("  ");

  assert.deepEqual(asked, []);
  assert.equal(model.found.value, null);
});

Deno.test("parseSearch() reads what formatSearch() writes", () => {
  for (
    const route of [
      { q: 'fork tag:"two words"', tab: "contacts" },
      { q: "", tab: "conversations" },
    ] as const
  ) {
    assert.deepEqual(parseSearch(new URL(formatSearch(route), "http://parley.test")), route);
  }
});
