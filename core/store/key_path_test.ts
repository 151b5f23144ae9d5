import assert from "node:assert/strict";
import fc from "fast-check";
import { comparePaths, pathId } from "./key_path.ts";
import type { KeyPart } from "./types.ts";

const Part: fc.Arbitrary<KeyPart> = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 4 }),
  fc.uint8Array({ maxLength: 3 }),
  fc.double({ noNaN: true }),
  fc.bigInt({ min: -300n, max: 300n }),
  fc.boolean(),
);
const Path = fc.array(Part, { minLength: 1, maxLength: 3 });

Deno.test("comparePaths() orders keys as Deno KV does", async () => {
  const kv = await Deno.openKv(":memory:");
  try {
    await fc.assert(fc.asyncProperty(fc.array(Path, { maxLength: 12 }), async (paths) => {
      const unique = [...new Map(paths.map((path) => [pathId(path), path])).values()];
      for (const path of unique) await kv.set(path, true);
      const listed = await Array.fromAsync(
        kv.list({ start: [new Uint8Array()], end: [true, true] }),
      );
      for (const path of unique) await kv.delete(path);
      const inRange = listed.map(({ key }) => pathId(key as KeyPart[]));

      const sorted = unique.toSorted(comparePaths).map(pathId).filter((id) => inRange.includes(id));

      assert.deepEqual(sorted, inRange);
    }));
  } finally {
    kv.close();
  }
});

Deno.test("pathId() differs for parts that only look alike", () => {
  const paths: KeyPart[][] = [
    [1],
    ["1"],
    [1n],
    [true],
    ["true"],
    ["a", "b"],
    ['a","b'],
    [
      new Uint8Array([49]),
    ],
    [""],
    [new Uint8Array()],
  ];

  assert.equal(new Set(paths.map(pathId)).size, paths.length);
});
