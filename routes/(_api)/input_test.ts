import assert from "node:assert/strict";
import { Hono } from "hono";
import { z } from "zod";
import { body, fieldErrors, query } from "./input.ts";

const app = new Hono().post(
  "/",
  query(z.strictObject({ limit: z.coerce.number().int().optional() })),
  body(z.strictObject({ name: z.string(), tags: z.array(z.strictObject({ id: z.string() })) })),
  (c) => c.json(c.req.valid("json")),
);

Deno.test("body() and query() hand on what is right", async () => {
  const response = await post("/?limit=3", { name: "Ada", tags: [{ id: "1" }] });

  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { name: "Ada", tags: [{ id: "1" }] });
});

Deno.test("body() names every wrong or unknown field by its path", async () => {
  const response = await post("/", { name: 3, tags: [{ id: "1", x: 1 }], age: 4, size: 5 });

  assert.equal(response.status, 400);
  const { errors } = await response.json();
  assert.deepEqual(errors.map((error: { path: string }) => error.path), [
    "name",
    "tags.0.x",
    "age",
    "size",
  ]);
});

Deno.test("query() names an unknown parameter", async () => {
  const response = await post("/?limit=3&colour=red", { name: "Ada", tags: [] });

  assert.equal(response.status, 400);
  assert.deepEqual((await response.json()).errors, [{ path: "colour", message: "Is not known" }]);
});

Deno.test("fieldErrors() reads paths of either kind of part", () => {
  assert.deepEqual(fieldErrors([{ message: "No", path: ["a", { key: 1 }, "b"] }]), [
    { path: "a.1.b", message: "No" },
  ]);
  assert.deepEqual(fieldErrors([{ message: "No" }]), [{ path: "", message: "No" }]);
});

function post(path: string, json: unknown): Response | Promise<Response> {
  const headers = { "content-type": "application/json" };
  return app.request(path, { method: "POST", headers, body: JSON.stringify(json) });
}
