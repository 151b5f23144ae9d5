import assert from "node:assert/strict";
import fc from "fast-check";
import { safeMediaType } from "./safe_media_type.ts";

for (
  const [type, safe] of [
    ["image/PNG", "image/png"],
    ["text/html; charset=utf-8", "text/html"],
    ["application/vnd.ms-excel", "application/vnd.ms-excel"],
    ["", "application/octet-stream"],
    ["text", "application/octet-stream"],
    ["text/html\r\nset-cookie: a=b", "application/octet-stream"],
    ["bild/größe", "application/octet-stream"],
    [`a/${"b".repeat(101)}`, "application/octet-stream"],
  ] as const
) {
  Deno.test(`safeMediaType() makes ${JSON.stringify(type.slice(0, 30))} fit for a header`, () => {
    assert.equal(safeMediaType(type), safe);
  });
}

Deno.test("safeMediaType() always gives a header value", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.string(), (kind, rest) => {
    const type = safeMediaType(`${kind}/${rest}`);
    assert.equal(new Headers({ "content-type": type }).get("content-type"), type);
  }));
});
