import { ExternalId, type SendError, type SendReceipt } from "../channel/mod.ts";
import { putConversation } from "../conversations/mod.ts";
import { type Actor, SYSTEM } from "../model/change.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { DeliveryError, Message } from "../model/message.ts";
import { keys, type OutboxRecord, type Tx } from "../store/mod.ts";
import { noteScheduled, noteSent } from "./note_personal.ts";
import { SEND_JOB } from "./send_job.ts";
import { rowWithout } from "./waiting.ts";

/** Kind of the job that takes what an adapter's receipt announced: payload of a `LaterDelivery` and its `channelId`. */
export const LATER_JOB = "ingest.later";
/** As the contract says. */
const MAX_LATER = 10;

/** An outbound message that left the outbox: sent, failed, ambiguous or canceled. */
export interface Settled {
  readonly status: "sent" | "delivered" | "read" | "failed" | "ambiguous" | "canceled";
  readonly error?: DeliveryError;
  readonly receipt?: SendReceipt;
  /** The channel that sent it in place of its own: answers may come there. */
  readonly standInChannelId?: string;
  /** Contacts as this commit has changed them already, by id. */
  readonly contacts?: ReadonlyMap<string, Contact>;
}

/** Writes the end of a message's way out, and lets the next one of its conversation go. */
export async function settle(
  tx: Tx,
  outbox: OutboxRecord,
  message: Message,
  conversation: Conversation,
  settled: Settled,
  actor: Actor = SYSTEM,
): Promise<Message> {
  const { error: _, sendAt: __, ...rest } = message;
  const ids = knownIds(settled.receipt);
  const externalId = ids.find((id) => id === settled.receipt?.externalId) ?? null;
  const after: Message = {
    ...rest,
    status: settled.status,
    ...settled.error === undefined ? {} : { error: settled.error },
    ...settled.receipt === undefined || message.sentAt !== undefined ? {} : { sentAt: tx.now },
    ...externalId === null ? {} : { externalId },
    ...externalId === null || message.email === undefined
      ? {}
      : { email: { ...message.email, messageId: externalId } },
  };
  tx.set(keys.message(message.conversationId, message.seq), after);
  tx.delete(keys.outbox(outbox.conversationId, outbox.seq));
  const known = { conversationId: message.conversationId, messageId: message.id, seq: message.seq };
  const { standInChannelId = outbox.channelId } = settled;
  for (const channelId of new Set([outbox.channelId, standInChannelId])) {
    for (const id of ids) tx.set(keys.dedupe(channelId, id), known);
  }
  if (outbox.state === "scheduled") {
    await noteScheduled(tx, message, { leaving: [message.seq] });
  }
  if (settled.receipt !== undefined) await noteSent(tx, message);
  const where = { actor, conversationId: conversation.id, inboxId: conversation.inboxId };
  tx.emit({
    type: "message.updated",
    ...where,
    messageId: message.id,
    seq: message.seq,
    changed: ["status"],
  });
  for (const delivery of settled.receipt?.later?.slice(0, MAX_LATER) ?? []) {
    tx.job({
      kind: LATER_JOB,
      payload: { channelId: standInChannelId, ...delivery },
      dueAt: Math.max(delivery.at, tx.now),
    });
  }
  // What went to somebody else makes nobody of the customer that they were not.
  if (
    settled.receipt !== undefined && message.automatic !== true && message.aside === undefined
  ) {
    await noteAnswered(tx, conversation.contactId, settled.contacts);
  }
  // Nobody waits for what a setting wrote.
  const row = message.automatic === true
    ? conversation
    : await rowAfter(tx, conversation, message, outbox, settled);
  if (row !== conversation) {
    putConversation(tx, conversation, { ...row, updatedAt: tx.now });
    tx.emit({
      type: "conversation.updated",
      ...where,
      changed: ["failedMessageId", "waitingSince", "status", "assigneeId"],
    });
  }
  await wakeNext(tx, outbox);
  return after;
}

/** The contact is one we know from now on. */
async function noteAnswered(
  tx: Tx,
  contactId: string,
  changed: Settled["contacts"],
): Promise<void> {
  const known = await tx.read(keys.contact(contactId));
  if (known === null || known.firstAnsweredAt !== undefined) return;
  const contact = changed?.get(contactId) ?? await tx.get(keys.contact(contactId));
  if (contact !== null) tx.set(keys.contact(contactId), { ...contact, firstAnsweredAt: tx.now });
}

/** What the list row shows of it: a failure until somebody deals with it, and who waits once a reply is canceled. */
async function rowAfter(
  tx: Tx,
  conversation: Conversation,
  { letter, author }: Message,
  outbox: OutboxRecord,
  { status }: Settled,
): Promise<Conversation> {
  switch (status) {
    case "failed":
    case "ambiguous":
      return { ...conversation, failedMessageId: outbox.messageId };
    case "canceled": {
      if (letter !== undefined) return conversation;
      const row = await rowWithout(tx, conversation, outbox);
      // Whoever has it by now: only its author may lose it with the reply that gave it to them.
      const isTaken = outbox.assigned === true && row.assigneeId === author.id;
      return isTaken ? { ...row, assigneeId: null } : row;
    }
    case "sent":
    case "delivered":
    case "read": {
      const isAnswer = outbox.answersWhenSent && conversation.waitingSince !== null;
      const isMended = conversation.failedMessageId === outbox.messageId;
      if (!isAnswer && !isMended) return conversation;
      return {
        ...conversation,
        waitingSince: isAnswer ? null : conversation.waitingSince,
        failedMessageId: isMended ? null : conversation.failedMessageId,
      };
    }
  }
}

/** The provider's ids that can be looked up: the message is out, whatever it is called. */
export function knownIds(receipt: SendReceipt | undefined): readonly string[] {
  const { externalId = null, aliases = [] } = receipt ?? {};
  return [externalId, ...aliases].filter((id) => ExternalId.safeParse(id).success)
    .filter((id) => id !== null);
}

/** Messages of the conversation that were held back look again now, in their order. */
async function wakeNext(tx: Tx, settled: OutboxRecord): Promise<void> {
  for await (const { value } of tx.list(keys.outboxOf(settled.conversationId))) {
    if (value.seq === settled.seq || value.state !== "queued" || value.job.dueAt <= tx.now) {
      continue;
    }
    const message = await tx.read(keys.message(value.conversationId, value.seq));
    // One that may still be undone, or is to be sent later, keeps its time.
    if (message?.sendAt !== undefined && message.sendAt > tx.now) continue;
    tx.cancelJob(value.job);
    const job = tx.job({
      kind: SEND_JOB,
      payload: {
        conversationId: value.conversationId,
        seq: value.seq,
        messageId: value.messageId,
      },
      dueAt: tx.now,
    });
    tx.set(keys.outbox(value.conversationId, value.seq), { ...value, job });
    return;
  }
}

/** A provider's refusal as it is shown and stored. */
export function deliveryError(error: SendError): DeliveryError {
  const { code, message, provider } = error;
  return { code, message, ...provider === undefined ? {} : { provider } };
}
