import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeBase64Url } from "../encoding.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import { BadCursorError, keys, type Store, transact } from "./mod.ts";

Deno.test("listPage() visits every entry of its range once, in order and in reverse", async () => {
  using test = await openTestStore();
  await fill(test.store, 23);
  for (const reverse of [false, true]) {
    for (const limit of [1, 2, 7, 22, 23, 24]) {
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await test.store.listPage(keys.doneOfInbox("closed", "inb_1"), {
          limit,
          reverse,
          ...(cursor === undefined ? {} : { cursor }),
        });
        assert.ok(page.items.length <= limit);
        seen.push(...page.items.map(({ path }) => Number(path[3])));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);

      const expected = Array.from({ length: 23 }, (_, i) => i);
      assert.deepEqual(seen, reverse ? expected.toReversed() : expected, `${limit}`);
    }
  }
});

Deno.test("listPage() goes on after a cursor whose entry is gone", async () => {
  using test = await openTestStore();
  await fill(test.store, 5);
  const range = keys.doneOfInbox("closed", "inb_1");
  const first = await test.store.listPage(range, { limit: 2 });
  await transact(
    test.store,
    (tx) => Promise.resolve(tx.delete(keys.done("closed", "inb_1", 1, "cnv_1"))),
  );

  const second = await test.store.listPage(range, { limit: 9, cursor: first.next ?? "" });

  assert.deepEqual(second.items.map(({ path }) => path[3]), [2, 3, 4]);
});

Deno.test("listPage() throws BadCursorError for a cursor it did not make", async () => {
  using test = await openTestStore();
  await fill(test.store, 3);
  const encode = (value: unknown) =>
    encodeBase64Url(new TextEncoder().encode(JSON.stringify(value)));
  const bad = ["", "*", "AAAA", encode({}), encode([]), encode([null]), encode([[1]]), encode("x")];

  for (const cursor of [...bad, "x".repeat(3_000)]) {
    await assert.rejects(
      test.store.listPage(keys.doneOfInbox("closed", "inb_1"), { limit: 1, cursor }),
      BadCursorError,
      cursor,
    );
  }
});

Deno.test("listPage() never leaves its range, whatever the cursor says", async () => {
  using test = await openTestStore();
  await fill(test.store, 3, "inb_0");
  await fill(test.store, 3, "inb_1");
  await fill(test.store, 3, "inb_2");
  const Parts = fc.array(
    fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(fc.asyncProperty(Parts, fc.boolean(), async (parts, reverse) => {
    const cursor = encodeBase64Url(new TextEncoder().encode(JSON.stringify(parts)));
    try {
      const range = keys.doneOfInbox("closed", "inb_1");
      const page = await test.store.listPage(range, { limit: 9, cursor, reverse });
      assert.ok(page.items.every(({ path }) => path[2] === "inb_1"));
    } catch (error) {
      assert.ok(error instanceof BadCursorError);
    }
  }));
});

Deno.test("listPage() refuses a cursor before the start of a range of numbers", async () => {
  using test = await openTestStore();
  const cursor = encodeBase64Url(new TextEncoder().encode("[2]"));
  const range = keys.messagesBetween("cnv_1", 5, 9);

  await assert.rejects(test.store.listPage(range, { limit: 1, cursor }), BadCursorError);
});

Deno.test("getMany() reads any number of keys in their order", async () => {
  using test = await openTestStore();
  await fill(test.store, 25);

  const found = await test.store.getMany(
    Array.from({ length: 30 }, (_, i) => keys.done("closed", "inb_1", i, `cnv_${i}`)),
  );

  assert.deepEqual(found, Array.from({ length: 30 }, (_, i) => i < 25 ? true : null));
});

Deno.test("list() ends when its signal aborts", async () => {
  using test = await openTestStore();
  await fill(test.store, 3);
  const signal = AbortSignal.abort(new Error("enough"));

  await assert.rejects(
    Array.fromAsync(test.store.list(keys.doneOfInbox("closed", "inb_1"), { signal })),
    /enough/,
  );
});

async function fill(store: Store, count: number, inboxId = "inb_1"): Promise<void> {
  await transact(store, (tx) => {
    for (let i = 0; i < count; i++) tx.set(keys.done("closed", inboxId, i, `cnv_${i}`), true);
    return Promise.resolve();
  });
}
