import assert from "node:assert/strict";
import { HERE, streamDocument } from "./stream_document.ts";

Deno.test("streamDocument() sends what stands before the place at once, pieces as they come, the end last", async () => {
  const second = Promise.withResolvers<void>();
  async function* pieces() {
    yield "<p>1</p>";
    await second.promise;
    yield "<p>2</p>";
  }
  const response = streamDocument({
    begin: `<main>${HERE}</main>`,
    pieces: pieces(),
    end: () => Promise.resolve(`<main>${HERE}</main><footer>2 of 2</footer>`),
    cancel: () => {},
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => (await reader.read()).value;

  assert.equal(await read(), "<main>");
  assert.equal(await read(), "<p>1</p>");
  second.resolve();
  assert.equal(await read(), "<p>2</p>");
  assert.equal(await read(), "</main><footer>2 of 2</footer>");
  assert.equal(await read(), undefined);
});

for (const state of ["is worked on", "was sent"] as const) {
  Deno.test(`streamDocument() ends its source when the reader is gone while a piece ${state}`, async () => {
    const leaving = Promise.withResolvers<void>();
    let isClosed = false;
    async function* pieces() {
      try {
        yield "<p>1</p>";
        await leaving.promise;
        yield "<p>2</p>";
      } finally {
        isClosed = true;
      }
    }
    const response = streamDocument({
      begin: HERE,
      pieces: pieces(),
      end: () => Promise.resolve(HERE),
      cancel: () => leaving.resolve(),
    });
    const reader = response.body!.getReader();
    await reader.read();
    await reader.read();
    if (state === "is worked on") reader.read().catch(() => {});
    await reader.cancel();

    assert.equal(isClosed, true);
  });
}

Deno.test("streamDocument() refuses a document without the place", () => {
  const never = {
    pieces: ReadableStream.from([]),
    end: () => Promise.resolve(""),
    cancel: () => {},
  };

  assert.throws(() => streamDocument({ begin: "<main></main>", ...never }), TypeError);
});
