import assert from "node:assert/strict";
import { allowedMethods } from "./allowed_methods.ts";

const ROUTES = [
  { method: "ALL", path: "/api/*" },
  { method: "GET", path: "/api/users" },
  { method: "GET", path: "/api/users/:id" },
  { method: "PATCH", path: "/api/users/:id" },
];

Deno.test("allowedMethods() lists what an address takes", () => {
  assert.deepEqual(allowedMethods(ROUTES, "/api/users"), ["GET", "HEAD"]);
  assert.deepEqual(allowedMethods(ROUTES, "/api/users/usr_1"), ["GET", "HEAD", "PATCH"]);
  assert.deepEqual(allowedMethods(ROUTES, "/api/users/"), []);
  assert.deepEqual(allowedMethods(ROUTES, "/api/users/usr_1/x"), []);
  assert.deepEqual(allowedMethods(ROUTES, "/api/nothing"), []);
});
