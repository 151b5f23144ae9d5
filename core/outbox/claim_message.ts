import type { JobContext } from "../jobs/mod.ts";
import { type Change, SYSTEM } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { type Job, keys, type MessageRefRecord, type OutboxRecord, type Tx } from "../store/mod.ts";
import { hasLeft } from "./advance_status.ts";
import type { LetterPort } from "./letter_port.ts";
import { noteScheduled } from "./note_personal.ts";
import { BLOCKED_WAIT_MS, SEND_JOB } from "./send_job.ts";
import { settle } from "./settle.ts";

/** A message that is being sent, by whoever claimed it. */
export interface Claim {
  readonly outbox: OutboxRecord;
  readonly message: Message;
  readonly conversation: Conversation;
  /** The process that had called the provider for it died. */
  readonly isRecovered: boolean;
}

/**
 * Marks the message as being sent, or finds a reason not to: gone, canceled, or an earlier one of its conversation
 * is still on its way.
 */
export async function claimMessage(
  tx: Tx,
  job: Job,
  run: JobContext,
  { conversationId, seq }: Pick<MessageRefRecord, "conversationId" | "seq">,
  letters: Pick<LetterPort, "isWanted">,
): Promise<Claim | null> {
  const [outbox, message, conversation] = await Promise.all([
    tx.get(keys.outbox(conversationId, seq)),
    tx.get(keys.message(conversationId, seq)),
    // Checked: splitting and merging move messages elsewhere.
    tx.get(keys.conversation(conversationId)),
  ]);
  if (outbox === null || message === null || conversation === null) {
    run.complete(tx);
    return null;
  }
  if (hasLeft(message.status)) {
    // A receipt came since the last attempt.
    run.complete(tx);
    await settle(tx, outbox, message, conversation, { status: message.status });
    return null;
  }
  if (outbox.state === "sending") {
    return { outbox, message, conversation, isRecovered: true };
  }
  // Whatever becomes of it now, it is not for later any more.
  if (outbox.state === "scheduled") {
    await noteScheduled(tx, message, { leaving: [message.seq] });
  }
  if (await hasEarlier(tx, outbox)) {
    run.complete(tx);
    const moved = tx.job({ kind: SEND_JOB, payload: job.payload, dueAt: tx.now + BLOCKED_WAIT_MS });
    tx.set(keys.outbox(conversationId, seq), { ...outbox, state: "queued", job: moved });
    return null;
  }
  if (
    message.letter !== undefined && outbox.isInsisted !== true &&
    !await letters.isWanted(tx, message)
  ) {
    // Read in the chat since it was written.
    run.complete(tx);
    await settle(tx, outbox, message, conversation, { status: "canceled" });
    return null;
  }
  const sending: OutboxRecord = { ...outbox, state: "sending", attempts: outbox.attempts + 1 };
  const { error: _, ...rest } = message;
  const now: Message = { ...rest, status: "sending" };
  tx.set(keys.outbox(conversationId, seq), sending);
  tx.set(keys.message(conversationId, seq), now);
  tx.emit(statusChanged(conversation, message));
  return { outbox: sending, message: now, conversation, isRecovered: false };
}

/**
 * Whether one on its way by the same channel holds it back. Checked: when that one settles meanwhile, the claim runs
 * again.
 */
async function hasEarlier(tx: Tx, outbox: OutboxRecord): Promise<boolean> {
  for await (const { value } of tx.list(keys.outboxOf(outbox.conversationId))) {
    if (value.seq >= outbox.seq) return false;
    // A mail that cannot leave must not hold back the chat whose answers it carries.
    if (value.state === "scheduled" || value.channelId !== outbox.channelId) continue;
    if (await tx.get(keys.outbox(outbox.conversationId, value.seq)) !== null) return true;
  }
  return false;
}

/** Tells that a message has another status. */
export function statusChanged(conversation: Conversation, message: Message): Change {
  return {
    type: "message.updated",
    actor: SYSTEM,
    conversationId: conversation.id,
    inboxId: conversation.inboxId,
    messageId: message.id,
    seq: message.seq,
    changed: ["status"],
  };
}
