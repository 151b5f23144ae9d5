import assert from "node:assert/strict";
import { fill } from "./fill.ts";

Deno.test("fill() does not look into what it fills in", () => {
  assert.equal(fill("{name}: {text}", { name: "{text}", text: "$&" }), "{text}: $&");
  assert.equal(fill("{n} left", {}), "{n} left");
});
