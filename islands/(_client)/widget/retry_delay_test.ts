import assert from "node:assert/strict";
import { retryDelay } from "./retry_delay.ts";

Deno.test("retryDelay() doubles up to half a minute, between half and all of it", () => {
  assert.deepEqual([1, 2, 3, 5, 6, 99].map((n) => retryDelay(n, 0)), [
    500,
    1_000,
    2_000,
    8_000,
    15_000,
    15_000,
  ]);
  assert.equal(retryDelay(1, 0.999999), 1_000);
  assert.equal(retryDelay(99, 0.999999), 30_000);
});
