import type { RateRecord } from "../store/mod.ts";

const HOUR_MS = 60 * 60 * 1_000;

/** What automatic replies of a channel are counted by, narrowest first. */
export const AUTO_REPLY_LIMITS = {
  /** One person. */
  address: { max: 1, windowMs: 24 * HOUR_MS },
  /** Everybody of one mail domain: a machine may write from a new address each time. */
  domain: { max: 20, windowMs: HOUR_MS },
  /** All of the channel: whatever happens, there is an end. */
  channel: { max: 200, windowMs: HOUR_MS },
} as const;

export type AutoReplyScope = keyof typeof AUTO_REPLY_LIMITS;
export const AUTO_REPLY_SCOPES = ["address", "domain", "channel"] as const;

/** What the scopes of a reply to this address are counted under. Tags after a plus are the same mailbox. */
export function autoReplySubjects(
  channelId: string,
  address: string,
): Readonly<Record<AutoReplyScope, string>> {
  const lower = address.toLowerCase();
  const at = lower.lastIndexOf("@");
  const local = lower.slice(0, at).replace(/\+.*$/, "");
  const domain = lower.slice(at + 1);
  return {
    address: `${channelId} ${local}@${domain}`,
    domain: `${channelId} @${domain}`,
    channel: channelId,
  };
}

/**
 * Counts one more reply, or says which limit is reached. Pure. Two machines that answer each other without saying that
 * they are machines stop here, after one exchange.
 * @param counted what was counted so far, by scope; null for nothing
 */
export function countAutoReply(
  counted: Readonly<Record<AutoReplyScope, RateRecord | null>>,
  now: number,
):
  | { readonly ok: true; readonly counts: Readonly<Record<AutoReplyScope, RateRecord>> }
  | { readonly ok: false; readonly reached: AutoReplyScope } {
  const next = (scope: AutoReplyScope): RateRecord => {
    const before = counted[scope];
    const { windowMs } = AUTO_REPLY_LIMITS[scope];
    return before === null || before.resetAt <= now
      ? { count: 1, resetAt: now + windowMs }
      : { count: before.count + 1, resetAt: before.resetAt };
  };
  const counts = { address: next("address"), domain: next("domain"), channel: next("channel") };
  const reached = AUTO_REPLY_SCOPES.find((scope) =>
    counts[scope].count > AUTO_REPLY_LIMITS[scope].max
  );
  return reached === undefined ? { ok: true, counts } : { ok: false, reached };
}
