import assert from "node:assert/strict";
import { bundleUrl, respondWithBundle } from "./respond_with_bundle.ts";

// What is built is tested against the build, in tests/e2e/build_test.ts.

Deno.test("respondWithBundle() answers 404 to what was not built", () => {
  for (const name of ["none.js", "constructor", "__proto__"]) {
    assert.equal(respondWithBundle(new Request("http://localhost/"), name).status, 404);
  }
});

Deno.test("bundleUrl() is the plain path of what was not built", () => {
  assert.equal(bundleUrl("/none.js", "none.js"), "/none.js");
});
