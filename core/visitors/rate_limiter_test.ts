import assert from "node:assert/strict";
import { RateLimiter } from "./rate_limiter.ts";

Deno.test("RateLimiter.take() refuses past the limit and says how long to wait", () => {
  let now = 1_000;
  const limiter = new RateLimiter({ now: () => now });
  const take = (subject: string) => limiter.take("message", subject, 2, 60_000);

  assert.deepEqual([take("a"), take("a")], [0, 0]);
  now += 10_000;
  assert.equal(take("a"), 50_000);
  assert.equal(take("b"), 0, "another address");
  assert.equal(limiter.take("file", "a", 2, 60_000), 0, "another kind");
  now += 50_000;
  assert.equal(take("a"), 0, "a new window");
});

Deno.test("RateLimiter.take() keeps bounded memory and still limits the newest", () => {
  const limiter = new RateLimiter({ now: () => 0 });
  for (let i = 0; i < 60_000; i++) limiter.take("message", `address ${i}`, 1, 60_000);

  assert.equal(limiter.take("message", "address 59999", 1, 60_000), 60_000);
  assert.equal(limiter.take("message", "address 0", 1, 60_000), 0, "the oldest was forgotten");
});
