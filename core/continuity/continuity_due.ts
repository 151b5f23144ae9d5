import type { ConversationStatus } from "../model/conversation.ts";

const MINUTE_MS = 60_000;
/** Between two mails of one chat. */
export const MAIL_GAP_MS = 15 * MINUTE_MS;
/** Answers in one mail; those beyond go in the next. */
export const MAX_ANSWERS = 10;
/** Where nobody knows yet who is connected, as after a start, it is asked again after this. */
export const ASK_AGAIN_MS = MINUTE_MS / 6;
/** Who leaves a chat open and unread for so long is not waiting for a mail. */
export const MAX_AGE_MS = 7 * 24 * 60 * MINUTE_MS;

/** What is known of a chat when it may be time for a mail. */
export interface ContinuityFacts {
  /** Epoch ms, like all times here. */
  readonly now: number;
  /** The channel's setting; null: off. */
  readonly afterMs: number | null;
  readonly status: ConversationStatus;
  /** Answers the visitor has not read and no mail has carried, oldest first. */
  readonly unread: readonly { readonly seq: number; readonly at: number }[];
  /** Whether the visitor has a stream open. */
  readonly presence: Presence;
  readonly address: {
    /** Its holder has shown that it is theirs. */
    readonly isProven: boolean;
    /** Mail to it came back. */
    readonly isBad: boolean;
    /** Its holder asked for no more mail. */
    readonly isStopped: boolean;
    /** Until when it has had its mail of the day, which counts while it is not proven. */
    readonly quietUntil: number | null;
  } | null;
  readonly hasMailbox: boolean;
  readonly lastMailAt: number | null;
}

/** "unknown": this process has only just begun to listen. */
export type Presence = "here" | "away" | "unknown";

export type ContinuityDecision =
  | {
    readonly kind: "send";
    /** At most {@link MAX_ANSWERS}. */
    readonly seqs: readonly number[];
    /** When the next mail is looked at; null when this one carries all there is. */
    readonly nextAt: number | null;
  }
  | { readonly kind: "wait"; readonly dueAt: number }
  | {
    readonly kind: "nothing";
    readonly because:
      | "off"
      | "read"
      | "unwanted"
      | "too_old"
      | "no_address"
      | "stopped"
      | "bad_address"
      | "no_mailbox";
  };

/**
 * Whether a visitor gets their unread answers by mail now, later or not at all. Pure. A closed conversation is no
 * reason against it: "send and close" is how most chats end, and its last words are what the visitor waits for.
 */
export function continuityDue(facts: ContinuityFacts): ContinuityDecision {
  const { now, afterMs, unread, address, lastMailAt } = facts;
  const nothing = (because: Extract<ContinuityDecision, { kind: "nothing" }>["because"]) =>
    ({ kind: "nothing", because }) as const;
  const [oldest] = unread;
  if (afterMs === null) return nothing("off");
  if (oldest === undefined) return nothing("read");
  if (facts.status === "spam" || facts.status === "trash") return nothing("unwanted");
  if (address === null) return nothing("no_address");
  if (address.isStopped) return nothing("stopped");
  if (address.isBad) return nothing("bad_address");
  if (!facts.hasMailbox) return nothing("no_mailbox");
  if (now - oldest.at > MAX_AGE_MS) return nothing("too_old");

  const dueAt = Math.max(
    oldest.at + afterMs,
    lastMailAt === null ? 0 : lastMailAt + MAIL_GAP_MS,
    address.isProven ? 0 : address.quietUntil ?? 0,
  );
  if (dueAt > now) return { kind: "wait", dueAt };
  if (facts.presence === "here") {
    return { kind: "wait", dueAt: now + Math.max(afterMs, ASK_AGAIN_MS) };
  }
  if (facts.presence === "unknown") return { kind: "wait", dueAt: now + ASK_AGAIN_MS };
  return {
    kind: "send",
    seqs: unread.slice(0, MAX_ANSWERS).map(({ seq }) => seq),
    nextAt: unread.length > MAX_ANSWERS ? now + MAIL_GAP_MS : null,
  };
}
