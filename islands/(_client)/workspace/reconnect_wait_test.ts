import assert from "node:assert/strict";
import { reconnectWaitMs } from "./reconnect_wait.ts";

Deno.test("reconnectWaitMs() doubles up to 30 s and is spread by half", () => {
  assert.deepEqual([1, 2, 3].map((attempt) => reconnectWaitMs(attempt, 0)), [500, 1_000, 2_000]);
  assert.deepEqual([1, 2, 3].map((attempt) => reconnectWaitMs(attempt, 0.999999)), [
    1_000,
    2_000,
    4_000,
  ]);
  assert.equal(reconnectWaitMs(50, 0.999999), 30_000);
});
