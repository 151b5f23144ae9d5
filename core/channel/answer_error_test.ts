import assert from "node:assert/strict";
import { answerError, retryAfter } from "./answer_error.ts";

const NOW = Date.UTC(2026, 2, 2, 12);

Deno.test("answerError() tells what each status means", () => {
  const cases: readonly [status: number, code: string][] = [
    [301, "config"],
    [400, "rejected"],
    [401, "unauthorized"],
    [403, "permission"],
    [404, "config"],
    [408, "unavailable"],
    [413, "too_large"],
    [422, "rejected"],
    [429, "rate_limited"],
    [500, "unavailable"],
    [503, "unavailable"],
  ];
  for (const [status, code] of cases) {
    const answer = { status, headers: new Headers(), json: {}, isHtml: false };
    assert.equal(answerError("Sample", answer, NOW).code, code, String(status));
  }
});

Deno.test("answerError() waits at least a second and at most six hours", () => {
  const waits = ["0", "90", "9999999"].map((header) => {
    const headers = new Headers({ "retry-after": header });
    const error = answerError("Sample", { status: 429, headers, json: {}, isHtml: false }, NOW);
    return error.code === "rate_limited" ? error.retryAfterMs : null;
  });

  assert.deepEqual(waits, [1_000, 90_000, 21_600_000]);
});

Deno.test("retryAfter() reads seconds and dates, and nothing else", () => {
  const now = Date.UTC(2026, 0, 1);

  assert.equal(retryAfter("0.5", now), 500);
  assert.equal(retryAfter(new Date(now - 5_000).toUTCString(), now), 0);
  for (const header of [null, "", "later", "-1x"]) assert.equal(retryAfter(header, now), null);
});
