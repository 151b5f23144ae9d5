import assert from "node:assert/strict";
import fc from "fast-check";
import { readPostedForm } from "./read_posted_form.ts";

const TYPES = [
  "application/x-www-form-urlencoded",
  "application/x-www-form-urlencoded; charset=iso-8859-1",
  "multipart/form-data; boundary=b",
  "application/json",
  "text/plain",
  "text/plain;charset=no-such-charset",
] as const;

async function read(body: BodyInit, type: string) {
  const request = new Request("https://parley.example/forms/chn_1", {
    method: "POST",
    body,
    headers: { "content-type": type },
  });
  const posted = await readPostedForm(request);
  return posted.ok ? posted.value : posted.error;
}

Deno.test("readPostedForm() throws at nothing, whatever a body holds", async () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const texts = fc.oneof(fc.json(), fc.webQueryParameters(), fc.string({ unit: "binary" }))
    .map((text) => new TextEncoder().encode(text));
  const multipart = fc.tuple(fc.string(), fc.string()).map(([name, value]) =>
    new TextEncoder().encode(
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--b--\r\n`,
    )
  );
  const property = fc.asyncProperty(
    fc.oneof(bytes, texts, multipart),
    fc.constantFrom(...TYPES),
    async (body, type) => {
      const posted = await read(new Uint8Array(body), type);
      assert.ok("entries" in posted || "code" in posted);
    },
  );
  await fc.assert(property, { numRuns: 3_000 });
});

Deno.test("readPostedForm() reads what URLSearchParams writes, in order", async () => {
  const pairs = fc.array(fc.tuple(
    // A charset of that name would be another one's.
    fc.string({ unit: "grapheme" }).filter((name) => name !== "_charset_"),
    fc.string({ unit: "grapheme" }),
  ));
  await fc.assert(fc.asyncProperty(pairs, async (given) => {
    const params = new URLSearchParams(given);

    const posted = await read(params.toString(), TYPES[0]);

    assert.ok("entries" in posted);
    const found = posted.entries.map(({ name, value }) => [name, value]);
    assert.deepEqual(found, [...params].map(([name, value]) => [name, value]));
  }));
});

Deno.test("readPostedForm() keeps odd names of JSON as they are, and harms nothing", async () => {
  const posted = await read(
    '{"__proto__": "x", "a": {"b": 1}, "n": null, "t": true, "l": [1, [2]]}',
    TYPES[3],
  );

  assert.ok("entries" in posted && posted.isJson);
  assert.deepEqual(posted.entries, [
    { name: "__proto__", value: "x" },
    { name: "a", value: '{"b":1}' },
    { name: "n", value: "" },
    { name: "t", value: "yes" },
    { name: "l", value: "1" },
    { name: "l", value: "2" },
  ]);
});

Deno.test("readPostedForm() takes of a script's list only fields, and what begins with _", async () => {
  const body = {
    fields: [
      { name: "mail", value: "a@b.example", label: "Mail", type: "email" },
      { name: 3 },
      "x",
    ],
    other: "not a field",
    _token: "t",
    "cf-turnstile-response": "c",
    _page: { url: "https://shop.example/a", title: "A" },
  };

  const posted = await read(JSON.stringify(body), TYPES[4]);

  assert.ok("entries" in posted && posted.isJson);
  assert.deepEqual(posted.entries, [
    { name: "mail", value: "a@b.example", label: "Mail", type: "email" },
    { name: "_token", value: "t" },
    { name: "cf-turnstile-response", value: "c" },
    { name: "_page", value: "https://shop.example/a" },
  ]);
});

Deno.test("readPostedForm() refuses other types, and what is too large before it is read", async () => {
  const other = await read("<a/>", "application/xml");
  const large = await read("x".repeat(1024 * 1024 + 1), TYPES[0]);

  assert.ok("code" in other && other.code === "unsupported_media_type");
  assert.ok("code" in large && large.code === "too_large");
});

Deno.test("readPostedForm() refuses a form of more fields than anybody fills in, before it reads one", async () => {
  const part = '--b\r\ncontent-disposition: form-data; name="a"; filename="f"\r\n\r\nx\r\n';
  for (
    const [body, type] of [
      [`${part.repeat(4_000)}--b--\r\n`, TYPES[2]],
      ["a=1&".repeat(200_000), TYPES[0]],
    ] as const
  ) {
    const posted = await read(body, type);

    assert.ok("code" in posted && posted.code === "malformed_body");
  }
});

Deno.test("readPostedForm() refuses JSON that is nested beyond any form, and reads brackets in texts", async () => {
  for (
    const deep of [
      "[".repeat(400_000),
      '{"a":'.repeat(100_000),
      `{"a": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    ]
  ) {
    const posted = await read(`{"f": ${deep}`, TYPES[3]);
    assert.ok("code" in posted && posted.code === "malformed_body");
  }
  const text = `\\"${"[{".repeat(1_000)}`;

  const posted = await read(JSON.stringify({ message: text }), TYPES[3]);

  assert.ok("entries" in posted);
  assert.deepEqual(posted.entries, [{ name: "message", value: text }]);
});
