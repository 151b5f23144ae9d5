import assert from "node:assert/strict";
import fc from "fast-check";
import { openTestStore } from "../../tests/fakes/store.ts";
import { canBeKey, checkLimits } from "./limits.ts";
import { keys } from "./mod.ts";

Deno.test("get(), getEntry() and getMany() find nothing under a key too long to exist", async () => {
  using test = await openTestStore();
  const { store } = test;
  const long = keys.quota("é".repeat(2_000), "2026-03-02");
  const short = keys.quota("chn_1", "2026-03-02");
  await store.apply({
    checks: [],
    writes: [{ kind: "set", path: short.path, value: 7 }],
    changes: [],
    jobDueAt: null,
  });

  assert.equal(await store.get(long), null);
  assert.equal(await store.getEntry(long), null);
  assert.deepEqual(await store.getMany([short, long, short]), [7, null, 7]);
});

Deno.test("list() finds nothing in a range that ends before it begins, or below what is too long for a key", async () => {
  using test = await openTestStore();

  for (
    const range of [
      keys.messagesBetween("cnv_1", 5, 1),
      keys.messagesBetween("cnv_1", 1, 1),
      keys.messagesBetween("cnv_1", Number.MAX_SAFE_INTEGER + 1, Number.MAX_SAFE_INTEGER),
      keys.messages("x".repeat(5_000)),
    ]
  ) {
    assert.deepEqual(await Array.fromAsync(test.store.list(range)), []);
  }
});

Deno.test("canBeKey() says yes to exactly what a commit takes", () => {
  const part = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 700 }),
    fc.string({ unit: "binary-ascii", maxLength: 1_100 }),
    fc.constant("\0".repeat(400)),
    fc.constant(17),
    fc.constant(true),
  );
  fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (path) => {
    const takes = () => {
      try {
        checkLimits({
          checks: [],
          writes: [{ kind: "delete", path }],
          changes: [],
          jobDueAt: null,
        });
        return true;
      } catch {
        return false;
      }
    };

    assert.equal(canBeKey(path), takes());
  }));
});
