import type { RefusedRecipient } from "./adapter.ts";

/** What a provider's answer to a send can mean. The code alone decides what happens next (`outbox/next_step.ts`). */
export type SendError =
  & {
    /** For agents: one sentence, no secrets. */
    readonly message: string;
    /** The provider's own code and words, shortened, without secrets. */
    readonly provider?: string;
    /** Recipients that were refused by name: wrong addresses are marked, as after a mail that came back. */
    readonly refused?: readonly RefusedRecipient[];
  }
  & (
    | {
      readonly code: "rate_limited";
      readonly retryAfterMs: number;
      readonly scope: "channel" | "recipient";
    }
    | { readonly code: "unavailable" }
    /** The connection was lost after writing: it may or may not have been sent. */
    | { readonly code: "ambiguous" }
    /** The channel's credentials no longer work. */
    | { readonly code: "unauthorized" }
    /** Somebody has to sign the channel in again: the message waits for that. */
    | { readonly code: "signed_out" }
    | { readonly code: "permission" }
    | { readonly code: "window_closed" }
    | { readonly code: "recipient_unreachable" }
    | { readonly code: "opted_out" }
    | { readonly code: "rejected"; readonly field?: string }
    | { readonly code: "too_large" }
    | { readonly code: "unsupported" }
    | { readonly code: "policy_blocked" }
    | { readonly code: "config" }
  );
/** The codes alone: what `nextStep` decides by. */
export type SendErrorCode = SendError["code"];
