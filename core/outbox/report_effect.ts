import type { DeliveryReport } from "../channel/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { DeliveryError, Message } from "../model/message.ts";

export type ReportedRecipient = DeliveryReport["recipients"][number] & { readonly address: string };

/** What reports have said of a message so far. */
export interface Bounced {
  /** Of this report, those the message was sent to; addresses in lower case. */
  readonly recipients: readonly ReportedRecipient[];
  /** Everybody it came back from, by this report or an earlier one. */
  readonly failedTo: readonly string[];
  /** It reached none of those it was written to: copies do not count. */
  readonly isUndelivered: boolean;
  /** What the message is shown to have failed with. */
  readonly error: DeliveryError | null;
}

/**
 * Reads a report against the message it is about. Pure. Where there was one recipient, it is about them; else what it says of
 * people the message was not sent to is left out.
 * @param contactEmails the contact's addresses, the first of which gets a message that names nobody
 */
export function sumUp(
  message: Pick<Message, "email" | "failedTo">,
  contactEmails: readonly string[],
  reported: DeliveryReport["recipients"],
): Bounced {
  const lower = (list: readonly { readonly address: string }[] = []) =>
    list.map(({ address }) => address.toLowerCase());
  const written = lower(message.email?.to);
  const to = written.length > 0
    ? written
    : contactEmails.slice(0, 1).map((one) => one.toLowerCase());
  const everyone = new Set([...to, ...lower(message.email?.cc), ...lower(message.email?.bcc)]);
  const only = everyone.size === 1 ? [...everyone][0] : undefined;

  const recipients = new Map<string, ReportedRecipient>();
  for (const one of reported) {
    const named = one.address?.toLowerCase();
    // Another address than the only one: the mail was forwarded there.
    const address = named !== undefined && everyone.has(named) ? named : only;
    if (address !== undefined) recipients.set(address, { ...one, address });
  }
  const failed = [...recipients.values()].filter(({ outcome }) => outcome === "failed");
  const failedTo = [...new Set([...message.failedTo ?? [], ...failed.map((one) => one.address)])];
  const first = failed.find(({ address }) => to.includes(address));
  return {
    recipients: [...recipients.values()],
    failedTo,
    isUndelivered: first !== undefined && to.every((address) => failedTo.includes(address)),
    error: first === undefined ? null : first.error,
  };
}

/**
 * The record after a report. A reply that never arrived opens its conversation again, unread: nobody else will tell that
 * the customer still waits. Pure.
 */
export function afterBounce(
  before: Conversation,
  facts: {
    readonly message: Pick<Message, "id">;
    readonly lines: number;
    readonly isFailed: boolean;
  },
  now: number,
): Conversation {
  const lastSeq = before.lastSeq + facts.lines;
  if (!facts.isFailed) return { ...before, lastSeq, updatedAt: now };
  const isAsleep = before.status === "closed" || before.status === "snoozed";
  return {
    ...before,
    lastSeq,
    lastUnreadSeq: lastSeq,
    failedMessageId: facts.message.id,
    updatedAt: now,
    ...isAsleep ? { status: "open", statusAt: now, snoozedUntil: null } : {},
  };
}
