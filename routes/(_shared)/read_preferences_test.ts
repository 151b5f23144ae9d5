import assert from "node:assert/strict";
import { readPreferences } from "./read_preferences.ts";

const read = (cookie: string) =>
  readPreferences(new Request("http://parley.example/", { headers: { cookie } }));

Deno.test("readPreferences() takes a zone the platform knows", () => {
  assert.deepEqual(read("a=b; parley_tz=Europe%2FAmsterdam; parley_side=closed"), {
    timeZone: "Europe/Amsterdam",
    isSideClosed: true,
  });
});

Deno.test("readPreferences() falls back for anything else", () => {
  for (const zone of ["", "Mars%2FOlympus", "%E0%A4%A", "x".repeat(100), "UTC%0d%0aX"]) {
    assert.equal(read(`parley_tz=${zone}`).timeZone, "UTC");
  }
  assert.equal(read("").isSideClosed, false);
});
