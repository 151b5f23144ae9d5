import assert from "node:assert/strict";
import type { SendError, SendErrorCode } from "../channel/mod.ts";
import {
  breaksChannel,
  MAX_ATTEMPTS,
  MAX_SIGNED_OUT_ATTEMPTS,
  nextStep,
  type Step,
  waitMs,
} from "./next_step.ts";

const facts = { now: 1_000, attempts: 1, idempotentSend: false, share: 1 };

function refusal(code: SendErrorCode): SendError {
  const message = "m";
  switch (code) {
    case "rate_limited":
      return { code, message, retryAfterMs: 30_000, scope: "channel" };
    default:
      return { code, message };
  }
}

const afterFirst: Record<SendErrorCode, Step["kind"]> = {
  rate_limited: "retry",
  unavailable: "retry",
  ambiguous: "ask",
  unauthorized: "fail",
  signed_out: "retry",
  permission: "fail",
  window_closed: "fail",
  recipient_unreachable: "fail",
  opted_out: "fail",
  rejected: "fail",
  too_large: "fail",
  unsupported: "fail",
  policy_blocked: "fail",
  config: "fail",
};

for (const [code, kind] of Object.entries(afterFirst)) {
  Deno.test(`nextStep() after ${code}: ${kind}`, () => {
    // The keys of the table are the codes.
    const step = nextStep({ kind: "refused", error: refusal(code as SendErrorCode) }, facts);

    assert.equal(step.kind, kind);
  });
}

Deno.test("nextStep() asks the agent when an ambiguous send cannot be deduped, and retries when it can", () => {
  const outcome = { kind: "refused", error: refusal("ambiguous") } as const;

  assert.equal(nextStep(outcome, facts).kind, "ask");
  assert.equal(nextStep(outcome, { ...facts, idempotentSend: true }).kind, "retry");
  assert.equal(nextStep({ kind: "crashed" }, facts).kind, "ask");
  assert.equal(nextStep({ kind: "crashed" }, { ...facts, idempotentSend: true }).kind, "retry");
});

Deno.test("nextStep() waits as long as the provider says", () => {
  const step = nextStep({ kind: "refused", error: refusal("rate_limited") }, facts);

  assert.deepEqual(step, { kind: "retry", dueAt: 31_000 });
});

Deno.test("nextStep() gives up on a fault that does not pass", () => {
  const outcome = { kind: "refused", error: refusal("unavailable") } as const;

  assert.equal(nextStep(outcome, { ...facts, attempts: MAX_ATTEMPTS - 1 }).kind, "retry");
  assert.equal(nextStep(outcome, { ...facts, attempts: MAX_ATTEMPTS }).kind, "fail");
});

Deno.test("nextStep() waits a day for somebody to sign a channel in again", () => {
  const outcome = { kind: "refused", error: refusal("signed_out") } as const;
  const attempts = MAX_SIGNED_OUT_ATTEMPTS;

  const step = nextStep(outcome, { ...facts, attempts: attempts - 1 });

  assert.deepEqual(step, { kind: "retry", dueAt: facts.now + 15 * 60_000 });
  assert.equal(nextStep(outcome, { ...facts, attempts }).kind, "fail");
  assert.equal(attempts * 15, 24 * 60);
});

Deno.test("waitMs() doubles up to an hour and stays in its upper half", () => {
  assert.equal(waitMs(1, 1), 5_000);
  assert.equal(waitMs(1, 0), 2_500);
  assert.equal(waitMs(3, 1), 20_000);
  assert.equal(waitMs(11, 1), 3_600_000);
});

Deno.test("breaksChannel() is for what no other message would survive either", () => {
  assert.equal(breaksChannel(refusal("unauthorized")), true);
  assert.equal(breaksChannel(refusal("signed_out")), true);
  assert.equal(breaksChannel(refusal("recipient_unreachable")), false);
});
