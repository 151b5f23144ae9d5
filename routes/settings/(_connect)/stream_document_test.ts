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

Deno.test("streamDocument() tells when the reader is gone", async () => {
  let isCanceled = false;
  async function* pieces() {
    yield await new Promise<string>(() => {});
  }
  const response = streamDocument({
    begin: HERE,
    pieces: pieces(),
    end: () => Promise.resolve(HERE),
    cancel: () => isCanceled = true,
  });
  await response.body?.cancel();

  assert.equal(isCanceled, true);
});

Deno.test("streamDocument() refuses a document without the place", () => {
  const never = {
    pieces: ReadableStream.from([]),
    end: () => Promise.resolve(""),
    cancel: () => {},
  };

  assert.throws(() => streamDocument({ begin: "<main></main>", ...never }), TypeError);
});
