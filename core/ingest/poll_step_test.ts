import assert from "node:assert/strict";
import type { PollError } from "../channel/mod.ts";
import { pollStep } from "./poll_step.ts";

const AT = { now: 1_000_000, failures: 0, hasMore: false, share: 0.5 };
const SAID = { message: "No." };

Deno.test("pollStep() polls again in a minute, at once when there is more", () => {
  assert.deepEqual(pollStep(null, { ...AT, failures: 3 }), {
    dueAt: AT.now + 60_000,
    failures: 0,
    error: null,
  });
  assert.equal(pollStep(null, { ...AT, hasMore: true }).dueAt, AT.now);
});

Deno.test("pollStep() spreads the polls of channels by chance", () => {
  const dues = [0, 1].map((share) => pollStep(null, { ...AT, share }).dueAt - AT.now);

  assert.deepEqual(dues, [54_000, 66_000]);
});

for (const code of ["unauthorized", "config"] as const) {
  Deno.test(`pollStep() tells of "${code}" at once and leaves the server alone for a while`, () => {
    const step = pollStep({ code, ...SAID }, AT);

    assert.equal(step.error, "No.");
    assert.equal(step.dueAt, AT.now + 15 * 60_000);
  });
}

Deno.test("pollStep() waits longer with each failure, and tells after five", () => {
  const error: PollError = { code: "unavailable", ...SAID };
  const steps = [0, 1, 2, 3, 4, 20].map((failures) => pollStep(error, { ...AT, failures }));

  assert.deepEqual(steps.map(({ dueAt }) => dueAt - AT.now), [
    1_000,
    2_000,
    4_000,
    8_000,
    16_000,
    900_000,
  ]);
  assert.deepEqual(steps.map(({ error }) => error), [null, null, null, null, "No.", "No."]);
  assert.deepEqual(steps.map(({ failures }) => failures), [1, 2, 3, 4, 5, 21]);
});

Deno.test("pollStep() waits as long as it is asked to", () => {
  const step = pollStep({ code: "rate_limited", retryAfterMs: 90_000, ...SAID }, AT);

  assert.deepEqual([step.dueAt, step.error], [AT.now + 90_000, null]);
});

Deno.test("pollStep() comes back when there will be more, where that is known", () => {
  const due = (nextAt: number, hasMore = false) => pollStep(null, { ...AT, hasMore, nextAt }).dueAt;

  assert.equal(due(AT.now + 1_234), AT.now + 1_234);
  assert.equal(due(AT.now + 86_400_000), AT.now + 86_400_000);
  assert.equal(due(AT.now - 5), AT.now);
  assert.equal(due(AT.now + 1_234, true), AT.now);
});
