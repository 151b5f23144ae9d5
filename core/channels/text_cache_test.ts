import assert from "node:assert/strict";
import { createTextCache } from "./text_cache.ts";

Deno.test("createTextCache() asks once for calls at the same time and until the time is over", async () => {
  let now = 0;
  let asked = 0;
  const cache = createTextCache({ now: () => now });
  const get = () => Promise.resolve(`text ${++asked}`);

  const first = await Promise.all([cache.get("a", 10, get), cache.get("a", 10, get)]);
  now = 9;
  const second = await cache.get("a", 10, get);
  now = 10;
  const third = await cache.get("a", 10, get);

  assert.deepEqual([...first, second, third], ["text 1", "text 1", "text 1", "text 2"]);
});

Deno.test("createTextCache() keeps no failure and a bounded number of texts", async () => {
  let asked = 0;
  const cache = createTextCache({ now: () => 0 });

  await assert.rejects(cache.get("a", 10, () => Promise.reject(new Error("down"))));
  assert.equal(await cache.get("a", 10, () => Promise.resolve("up")), "up");
  for (let i = 0; i < 100; i++) await cache.get(`k${i}`, 10, () => Promise.resolve(""));
  await cache.get("a", 10, () => Promise.resolve(`${++asked}`));

  assert.equal(asked, 1);
});
