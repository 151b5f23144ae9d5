import assert from "node:assert/strict";
import { backOffMs } from "./back_off.ts";

Deno.test("backOffMs() doubles from 1 s and stays at 15 min", () => {
  const steps = [1, 2, 3, 10, 11, 50].map((attempt) => backOffMs(attempt, 0.5));

  assert.deepEqual(steps, [1_000, 2_000, 4_000, 512_000, 900_000, 900_000]);
});

Deno.test("backOffMs() spreads by a fifth to both sides", () => {
  assert.deepEqual([backOffMs(1, 0), backOffMs(1, 1)], [800, 1_200]);
});
