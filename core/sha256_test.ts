import assert from "node:assert/strict";
import fc from "fast-check";
import { sha256 } from "./sha256.ts";

Deno.test("sha256() is the SHA-256 of the text's UTF-8, in hex", async () => {
  assert.equal(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  await fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    assert.equal(sha256(text), new Uint8Array(digest).toHex());
  }));
});
