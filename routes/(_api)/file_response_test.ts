import assert from "node:assert/strict";
import { contentDisposition, fileResponse, type ServedFile } from "./file_response.ts";

const FILE: ServedFile = {
  name: "notes.txt",
  type: "text/plain",
  size: 5,
  disposition: "attachment",
  stream: ({ start, end }) =>
    ReadableStream.from([new TextEncoder().encode("hello".slice(start, end))]),
};

Deno.test("fileResponse() sends a file so that nothing in it runs here", async () => {
  const response = fileResponse(new Request("http://x/"), FILE);

  assert.equal(response.status, 200);
  assert.equal(await response.text(), "hello");
  assert.equal(response.headers.get("content-security-policy"), "sandbox; default-src 'none'");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.equal(response.headers.get("content-length"), "5");
  assert.match(response.headers.get("content-disposition") ?? "", /^attachment;/);
});

Deno.test("fileResponse() sends the asked-for range, or says that there is none", async () => {
  const part = fileResponse(new Request("http://x/", { headers: { range: "bytes=1-3" } }), FILE);
  const none = fileResponse(new Request("http://x/", { headers: { range: "bytes=9-" } }), FILE);

  assert.equal(part.status, 206);
  assert.equal(await part.text(), "ell");
  assert.equal(part.headers.get("content-range"), "bytes 1-3/5");
  assert.equal(none.status, 416);
  assert.equal(none.headers.get("content-range"), "bytes */5");
});

Deno.test("fileResponse() answers HEAD without the bytes", async () => {
  const response = fileResponse(new Request("http://x/", { method: "HEAD" }), FILE);

  assert.equal(await response.text(), "");
  assert.equal(response.headers.get("content-length"), "5");
});

Deno.test("contentDisposition() keeps names in their header", () => {
  assert.equal(
    contentDisposition("attachment", 'a"b\\ü%.txt'),
    "attachment; filename=\"a_b___.txt\"; filename*=UTF-8''a%22b%5C%C3%BC%25.txt",
  );
  assert.doesNotThrow(() =>
    new Headers({ "content-disposition": contentDisposition("inline", "\ud800\r\n猫") })
  );
});
