import assert from "node:assert/strict";
import { readSource } from "./read_source.ts";

const source = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  return readSource({
    size: bytes.length,
    stream: (range) => new Blob([bytes.subarray(range?.start, range?.end)]).stream(),
  });
};

Deno.test("readSource() tells header from body, whatever the line ends are", async () => {
  const expected = { header: "From: a\nTo: b", body: "Hello\n\nyou", isCut: false };

  assert.deepEqual(await source("From: a\r\nTo: b\r\n\r\nHello\r\n\r\nyou"), expected);
  assert.deepEqual(await source("From: a\nTo: b\n\nHello\n\nyou"), expected);
  assert.deepEqual(await source("From: a"), { header: "From: a", body: "", isCut: false });
  assert.deepEqual(await source(""), { header: "", body: "", isCut: false });
});

Deno.test("readSource() writes out what would steer a screen", async () => {
  const { header, body } = await source("Subject: \u202efdp\x1b[2J\0\n\na\tb\u2066\x07é <b>");

  assert.equal(header, "Subject: \\u202efdp\\u001b[2J\\u0000");
  assert.equal(body, "a\tb\\u2066\\u0007é <b>");
});

Deno.test("readSource() shows the beginning of what is long, and says so", async () => {
  const { body, isCut } = await source(`A: b\n\n${"x".repeat(300_000)}`);

  assert.equal(isCut, true);
  assert.ok(body.length < 262_144);
});
