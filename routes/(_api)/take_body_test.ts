import assert from "node:assert/strict";
import { Hono } from "hono";
import { type BodyRule, takeBody } from "./take_body.ts";

const RULE: BodyRule = { mediaType: "application/json", maxBytes: 10, overheadBytes: 2 };
const app = new Hono();
app.use(takeBody(() => RULE));
app.post("/", async (c) => c.text(await c.req.text()));

Deno.test("takeBody() lets a body of the right type and size through, and none at all", async () => {
  const json = await send('{"a": 1}', "application/json; charset=utf-8");
  const none = await app.request("/", { method: "POST" });
  const empty = await send("", "text/plain");

  assert.equal(await json.text(), '{"a": 1}');
  assert.equal(none.status, 200);
  assert.equal(empty.status, 200);
});

Deno.test("takeBody() refuses other types, also none and those that only begin alike", async () => {
  for (const type of ["text/plain", "application/jsonp", "application/json5", ""]) {
    const response = await send("{}", type);

    assert.equal(response.status, 415, type);
    assert.equal((await response.json()).type, "urn:parley:problem:unsupported_media_type");
  }
});

Deno.test("takeBody() reports the limit without the room for what surrounds a file", async () => {
  const fits = await send("x".repeat(12), "application/json");
  const large = await send("x".repeat(13), "application/json");

  assert.equal(fits.status, 200);
  assert.equal(large.status, 413);
  assert.equal((await large.json()).maxBytes, 10);
});

function send(text: string, type: string): Response | Promise<Response> {
  const body = new TextEncoder().encode(text);
  const headers: HeadersInit = type === "" ? {} : { "content-type": type };
  return app.request("/", { method: "POST", headers, body });
}
