import assert from "node:assert/strict";
import fc from "fast-check";
import { openTestStore } from "../../tests/fakes/store.ts";
import { type Store, transact } from "../store/mod.ts";
import { type Body, prepareBody, readBody, readText, storeBody } from "./body.ts";

async function store(store: Store, body: Body, otherBytes?: number) {
  const prepared = await prepareBody(store, body, otherBytes);
  const stored = await transact(store, (tx) => Promise.resolve(storeBody(tx, prepared)));
  return { kind: prepared.kind, message: { id: "msg_1", ...stored } };
}

const text = fc.tuple(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("a", "é", "長", "👩‍🚒", "\ufeff", "\0"),
  fc.constantFrom(0, 10, 30_000, 90_000),
).map(([head, one, count]) => `${head}${one.repeat(count)}`);

Deno.test("a body reads as it was stored, wherever it is kept", async () => {
  using test = await openTestStore();
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.option(text, { nil: undefined }),
      fc.nat(60_000),
      async (plain, html, other) => {
        const body = html === undefined || html === "" ? { text: plain } : { text: plain, html };

        const { kind, message } = await store(test.store, body, other);

        kinds.add(kind);
        assert.deepEqual(await readBody(test.store, message), body);
        assert(plain.startsWith(message.text));
        assert.equal(message.hasHtml, html !== undefined && html !== "");
      },
    ),
    { numRuns: 60 },
  );
  assert.deepEqual([...kinds].sort(), ["bytes", "inline", "staged"]);
});

Deno.test("readText() gives the first characters whole, and only those", async () => {
  using test = await openTestStore();
  await fc.assert(
    fc.asyncProperty(text, fc.nat(2_000), async (plain, max) => {
      const { message } = await store(test.store, { text: plain, html: "<p>not this</p>" });

      const first = await readText(test.store, message, max);

      assert(plain.startsWith(first));
      assert(first.length <= max && first.length >= Math.min(plain.length, max) - 1);
      assert(first.isWellFormed());
    }),
    { numRuns: 60 },
  );
});

Deno.test("readText() of a large body reads no more than it shows", async () => {
  using test = await openTestStore();
  const html = `<p>${"長".repeat(900_000)}</p>`;
  const { message } = await store(test.store, { text: "x".repeat(500_000), html });
  let bytes = 0;
  const read = test.store.blobs.read;
  const blobs = {
    ...test.store.blobs,
    read: async (...given: Parameters<typeof read>) => {
      const found = await read(...given);
      bytes += found?.length ?? 0;
      return found;
    },
  };

  const first = await readText({ blobs }, message, 100_000);

  assert.equal(first.length, 100_000);
  assert(bytes <= 300_000, `${bytes} bytes`);
});

Deno.test("readBody() says when a body is lost", async () => {
  using test = await openTestStore();
  const lost = { id: "msg_1", text: "x", hasHtml: false, bodyBlobId: "blb_none", bodyTextBytes: 1 };

  await assert.rejects(readBody(test.store, lost), /message "msg_1": its blob is missing/);
  await assert.rejects(readText(test.store, lost, 10), /message "msg_1": its blob is missing/);
});
