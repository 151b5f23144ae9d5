import type { Message } from "../model/message.ts";
import { keys, type OutboxRecord, type Tx } from "../store/mod.ts";
import { SEND_JOB } from "./send_job.ts";

/** A message that is to leave, as its commit knows it. */
export interface Queued
  extends Pick<OutboxRecord, "waitingBefore" | "answersWhenSent" | "isInsisted" | "assigned"> {
  /** The channel it leaves by. */
  readonly channelId: string;
  /** Epoch ms. */
  readonly dueAt: number;
}

/** Puts a message on its way, within the commit that stores it. */
export function queueMessage(
  tx: Tx,
  { id, conversationId, seq, status }: Message,
  { dueAt, ...rest }: Queued,
): void {
  const payload = { conversationId, seq, messageId: id };
  const job = tx.job({ kind: SEND_JOB, payload, dueAt });
  tx.insert(keys.outbox(conversationId, seq), {
    ...payload,
    ...rest,
    state: status === "scheduled" ? "scheduled" : "queued",
    job,
    attempts: 0,
  });
}
