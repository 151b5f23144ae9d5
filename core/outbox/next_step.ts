import type { SendError } from "../channel/mod.ts";
import { unreachable } from "../result.ts";

/** How a call to a provider ended. */
export type Outcome =
  | { readonly kind: "sent" }
  | { readonly kind: "refused"; readonly error: SendError }
  /** The process died while the call was in flight. */
  | { readonly kind: "crashed" };

/** What happens to the message now. */
export type Step =
  | { readonly kind: "settle" }
  | { readonly kind: "retry"; readonly dueAt: number }
  | { readonly kind: "fail" }
  /** It may have arrived: only a person can say whether to send it again. */
  | { readonly kind: "ask" };

/** Calls to a provider before a passing fault counts as lasting: about eight hours of back-off. */
export const MAX_ATTEMPTS = 12;
/** Looks at a channel that nobody signs in: about a day. The sign-in itself lets its messages go at once. */
export const MAX_SIGNED_OUT_ATTEMPTS = 96;
const SIGNED_OUT_WAIT_MS = 15 * 60_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60 * 60 * 1_000;

/**
 * Decides what follows a call to the provider. Pure; the error's code alone decides.
 * @param facts.attempts calls made so far, this one included
 * @param facts.share 0–1, spreads retries of many messages
 */
export function nextStep(
  outcome: Outcome,
  facts: {
    readonly now: number;
    readonly attempts: number;
    readonly idempotentSend: boolean;
    readonly share: number;
  },
): Step {
  switch (outcome.kind) {
    case "sent":
      return { kind: "settle" };
    case "crashed":
      return facts.idempotentSend ? { kind: "retry", dueAt: facts.now } : { kind: "ask" };
    case "refused":
      return afterRefusal(outcome.error, facts);
  }
}

function afterRefusal(error: SendError, facts: Parameters<typeof nextStep>[1]): Step {
  switch (error.code) {
    case "rate_limited":
      // Not the message's fault: it does not use up attempts for good, only time.
      return { kind: "retry", dueAt: facts.now + Math.max(error.retryAfterMs, 1_000) };
    case "unavailable":
      return facts.attempts >= MAX_ATTEMPTS
        ? { kind: "fail" }
        : { kind: "retry", dueAt: facts.now + waitMs(facts.attempts, facts.share) };
    case "ambiguous":
      if (!facts.idempotentSend) return { kind: "ask" };
      return facts.attempts >= MAX_ATTEMPTS
        ? { kind: "fail" }
        : { kind: "retry", dueAt: facts.now + waitMs(facts.attempts, facts.share) };
    case "signed_out":
      return facts.attempts >= MAX_SIGNED_OUT_ATTEMPTS
        ? { kind: "fail" }
        : { kind: "retry", dueAt: facts.now + SIGNED_OUT_WAIT_MS };
    case "unauthorized":
    case "permission":
    case "window_closed":
    case "recipient_unreachable":
    case "opted_out":
    case "rejected":
    case "too_large":
    case "unsupported":
    case "policy_blocked":
    case "config":
      return { kind: "fail" };
    default:
      return unreachable(error);
  }
}

/** Back-off before the next attempt, in ms: doubling from 5 s to an hour, each spread over its upper half. */
export function waitMs(attempts: number, share: number): number {
  const full = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.round(full / 2 + full / 2 * share);
}

/** Errors that say the channel itself needs somebody, not only this message. */
export function breaksChannel(error: SendError): boolean {
  const { code } = error;
  return code === "unauthorized" || code === "signed_out" || code === "config" ||
    code === "permission";
}
