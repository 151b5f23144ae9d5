import assert from "node:assert/strict";
import { MAX_PARTS, readMultipart } from "./read_multipart.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const PART = '--b\r\ncontent-disposition: form-data; name="a"; filename="f"\r\n\r\nx\r\n';

Deno.test("readMultipart() reads as many parts as it takes, and none of a body that holds more", async () => {
  const most = await readMultipart(
    encode(`${PART.repeat(MAX_PARTS)}--b--\r\n`),
    "multipart/form-data; boundary=b",
  );
  const more = await readMultipart(
    encode(`${PART.repeat(MAX_PARTS + 1)}--b--\r\n`),
    "multipart/form-data; boundary=b",
  );

  assert.ok(most instanceof FormData);
  assert.equal(most.getAll("a").length, MAX_PARTS);
  assert.equal(more, "too_many_parts");
});

for (
  const type of [
    "multipart/form-data; boundary=b",
    'multipart/form-data; charset=utf-8; boundary="b"',
    "Multipart/Form-Data;BOUNDARY=b; x=y",
  ]
) {
  Deno.test(`readMultipart() finds the boundary in "${type}"`, async () => {
    const read = await readMultipart(encode(`${PART}--b--\r\n`), type);

    assert.ok(read instanceof FormData);
    assert.ok(read.get("a") instanceof File);
  });
}

for (
  const [what, type, body] of [
    ["without a boundary", "multipart/form-data", `${PART}--b--\r\n`],
    ["with an empty one", 'multipart/form-data; boundary=""', `${PART}--b--\r\n`],
    ["with other parts than it announces", "multipart/form-data; boundary=c", `${PART}--b--\r\n`],
  ] as const
) {
  Deno.test(`readMultipart() calls a body ${what} unreadable`, async () => {
    assert.equal(await readMultipart(encode(body), type), "unreadable");
  });
}

Deno.test("readMultipart() counts by the boundary it reads by, when a header names two", async () => {
  const body = encode(`${PART.repeat(MAX_PARTS + 1)}--b--\r\n`);

  const first = await readMultipart(body, "multipart/form-data; boundary=b; boundary=c");
  const second = await readMultipart(body, "multipart/form-data; boundary=c; boundary=b");

  assert.equal(first, "too_many_parts");
  assert.equal(second, "unreadable");
});
