import assert from "node:assert/strict";
import { formText, formTexts, readForm } from "./read_form.ts";

const URL_ENCODED = "application/x-www-form-urlencoded";

function post(body: BodyInit, type?: string): Request {
  return new Request("http://localhost/", {
    method: "POST",
    body,
    ...(type !== undefined && { headers: { "content-type": type } }),
  });
}

Deno.test("readForm() reads urlencoded and multipart forms", async () => {
  const multipart = new FormData();
  multipart.set("name", "Nora & Jonas");
  multipart.set("file", new File(["x"], "x.txt"));

  const encoded = await readForm(post("name=Nora+%26+Jonas&tag=a&tag=b", URL_ENCODED));
  const parts = await readForm(post(multipart));

  assert.ok(encoded.ok && parts.ok);
  assert.equal(formText(encoded.value, "name"), "Nora & Jonas");
  assert.deepEqual(formTexts(encoded.value, "tag"), ["a", "b"]);
  assert.equal(formText(parts.value, "name"), "Nora & Jonas");
  assert.equal(formText(parts.value, "file"), "");
  assert.equal(formText(parts.value, "missing"), "");
});

Deno.test("readForm() refuses what is no form", async () => {
  for (const type of ["application/json", "text/plain"]) {
    const result = await readForm(post("{}", type));
    assert.equal(!result.ok && result.error.code, "unsupported_media_type");
  }
});

Deno.test("readForm() refuses too much", async () => {
  const result = await readForm(post("a=" + "x".repeat(200), URL_ENCODED), 100);

  assert.deepEqual(result, { ok: false, error: { code: "too_large", maxBytes: 100 } });
});

Deno.test("readForm() answers a broken multipart body with malformed_body", async () => {
  const result = await readForm(post("not parts at all", "multipart/form-data; boundary=x"));

  assert.equal(!result.ok && result.error.code, "malformed_body");
});
