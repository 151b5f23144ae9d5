import assert from "node:assert/strict";
import fc from "fast-check";
import { connectionStep } from "./connection_step.ts";

const MINUTE_MS = 60_000;
const broken = { code: "broken", message: "Somebody has to do something." } as const;
const unavailable = { code: "unavailable", message: "It cannot be reached." } as const;

Deno.test("connectionStep() looks again in about an hour, and in some minutes at what is broken", () => {
  const state = { now: 0, failures: 3, share: 0.5 };

  assert.deepEqual(connectionStep(null, state), {
    dueAt: 60 * MINUTE_MS,
    failures: 0,
    error: null,
  });
  assert.deepEqual(connectionStep(broken, state), {
    dueAt: 10 * MINUTE_MS,
    failures: 4,
    error: "Somebody has to do something.",
  });
});

Deno.test("connectionStep() says nothing of a provider that is away for a moment, and waits longer each time", () => {
  let failures = 0;
  const told: (string | null)[] = [];
  const waits: number[] = [];
  for (let i = 0; i < 6; i++) {
    const step = connectionStep(unavailable, { now: 0, failures, share: 0.5 });
    failures = step.failures;
    told.push(step.error);
    waits.push(step.dueAt);
  }

  assert.deepEqual(told.map((one) => one !== null), [false, false, false, false, true, true]);
  assert.deepEqual(waits, waits.toSorted((a, b) => a - b));
});

Deno.test("connectionStep() always looks again, neither at once nor later than in two hours", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(null, broken, unavailable),
      fc.nat(1_000),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (error, failures, share) => {
        const { dueAt } = connectionStep(error, { now: 0, failures, share });
        assert.ok(dueAt >= 5_000 && dueAt <= 120 * MINUTE_MS);
      },
    ),
  );
});
