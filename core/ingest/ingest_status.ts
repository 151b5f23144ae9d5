import type { InboundEvent } from "../channel/mod.ts";
import { clip } from "../clip.ts";
import type { CoreContext } from "../context.ts";
import {
  EARLY_KEPT_MS,
  findConversation,
  findMessage,
  findMessageAs,
  keptEarly,
  NO_NEWS,
  putConversation,
} from "../conversations/mod.ts";
import type { Channel } from "../model/channel.ts";
import { SYSTEM } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { advanceStatus, earlierPiece, isHalfSent, markAddresses, sumUp } from "../outbox/mod.ts";
import { type Key, keys, transact, type Tx, type WatermarkRecord } from "../store/mod.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";

type StatusEvent = Extract<InboundEvent, { type: "status" }>;
/** How far back a watermark reaches in one commit. */
const WATERMARK_MESSAGES = 100;

/**
 * Moves outbound messages forward by a provider's receipt. One that comes before the provider's own answer waits for it,
 * under the id that the answer will tell, or for all of its thread up to a time.
 */
export async function ingestStatus(
  context: CoreContext,
  channel: Channel,
  given: StatusEvent,
  options: IngestOptions,
): Promise<IngestResult> {
  const { store } = context;
  const event = withShortError(given);
  const target = await findTarget(context, channel, event);
  return await transact<IngestResult>(store, async (tx) => {
    if (target === null && await keepEarly(tx, channel, event)) {
      const result: IngestResult = { kind: "early" };
      options.also?.(tx, result);
      return result;
    }
    const conversation = target === null
      ? null
      : await tx.get(keys.conversation(target.conversationId));
    if (target === null || conversation === null || !target.isOf(conversation)) {
      const result: IngestResult = {
        kind: "ignored",
        reason: "a receipt for a message that is not here",
      };
      options.also?.(tx, result);
      return result;
    }
    if ("upTo" in target.which) {
      await keepWatermark(tx, keys.watermark(conversation.id), event.status, target.which.upTo);
    }
    let failedMessageId = conversation.failedMessageId;
    for (const found of await messagesOf(tx, conversation, target)) {
      const message = ofPiece(found, event);
      if (message === null) continue;
      const status = advanceStatus(message.status, event.status);
      if (status === null) continue;
      if (status === "failed") failedMessageId = message.id;
      else if (failedMessageId === message.id) failedMessageId = null;
      tx.set(keys.message(message.conversationId, message.seq), reported(message, event, tx.now));
      if (status === "failed") await markBad(tx, conversation, message, event);
      tx.emit({
        type: "message.updated",
        ...whereOf(conversation),
        messageId: message.id,
        seq: message.seq,
        changed: ["status"],
      });
    }
    if (failedMessageId !== conversation.failedMessageId) {
      putConversation(tx, conversation, { ...conversation, failedMessageId, updatedAt: tx.now });
      tx.emit({
        type: "conversation.updated",
        ...whereOf(conversation),
        changed: ["failedMessageId"],
      });
    }
    const result: IngestResult = { kind: "updated", conversationIds: [conversation.id] };
    options.also?.(tx, result);
    return result;
  }, target === null ? {} : { queue: target.conversationId });
}

/**
 * A message as a receipt finds it that may be of one of its pieces: what is told of an earlier piece moves nothing, but that it
 * failed, and then it alone is sent again. Null: it says nothing of the message.
 */
function ofPiece(message: Message, { target, status }: StatusEvent): Message | null {
  if (message.pieces === undefined) return message;
  if (status !== "failed") {
    const isEarlier = target.by === "external" &&
      earlierPiece(message, target.messageExternalId) >= 0;
    return isEarlier || isHalfSent(message) ? null : message;
  }
  if (target.by !== "external") return message;
  const { messageExternalId } = target;
  const pieces = message.pieces.map((one) =>
    one.externalId === messageExternalId ? { ...one, state: "failed" as const } : one
  );
  return { ...message, pieces };
}

/**
 * Keeps what is told of a message under an id nobody knows yet, or of a thread that no conversation stands for; false when
 * somebody does, or none is named.
 */
async function keepEarly(tx: Tx, channel: Channel, event: StatusEvent): Promise<boolean> {
  const { target, status, error, occurredAt } = event;
  if (target.by === "watermark") {
    const { threadKey, upTo } = target;
    if (await tx.get(keys.thread(channel.id, threadKey)) !== null) return false;
    await keepWatermark(tx, keys.threadWatermark(channel.id, threadKey), status, upTo);
    return true;
  }
  if (target.by !== "external") return false;
  const key = keys.dedupe(channel.id, target.messageExternalId);
  const receipt = {
    status,
    at: occurredAt,
    ...error === undefined ? {} : { error },
  };
  const early = keptEarly(await tx.get(key), { ...NO_NEWS, receipt }, tx.now);
  if (early === null) return false;
  tx.set(key, early, { expireInMs: early.expiresAt - tx.now });
  return true;
}

const MAX_CODE = 100;
const MAX_WORDS = 1_000;

/** With the provider's words as long as a record has room for: some tell a whole page. */
function withShortError(event: StatusEvent): StatusEvent {
  if (event.error === undefined) return event;
  const { code, message, provider } = event.error;
  return {
    ...event,
    error: {
      code: clip(code, MAX_CODE),
      message: clip(message, MAX_WORDS),
      ...provider === undefined ? {} : { provider: clip(provider, MAX_WORDS) },
    },
  };
}

/** Notes how far a customer has read, for what is on its way at this moment. */
async function keepWatermark(
  tx: Tx,
  key: Key<WatermarkRecord>,
  status: StatusEvent["status"],
  upTo: number,
): Promise<void> {
  if (status === "failed" || status === "sent") return;
  const before = await tx.get(key) ?? { deliveredUpTo: 0, readUpTo: 0 };
  const after = {
    deliveredUpTo: status === "delivered"
      ? Math.max(before.deliveredUpTo, upTo)
      : before.deliveredUpTo,
    readUpTo: status === "read" ? Math.max(before.readUpTo, upTo) : before.readUpTo,
  };
  if (after.deliveredUpTo === before.deliveredUpTo && after.readUpTo === before.readUpTo) return;
  tx.set(key, after, { expireInMs: EARLY_KEPT_MS });
}

/** The message as a receipt leaves it; what was doubtful about it is settled. */
function reported(
  message: Message,
  { status, error, occurredAt }: StatusEvent,
  now: number,
): Message {
  const { error: _, ...rest } = message;
  return {
    ...rest,
    status,
    // The provider's clock may run ahead of ours.
    sentAt: message.sentAt ?? Math.min(occurredAt, now),
    ...status !== "failed" || error === undefined ? {} : { error },
  };
}

/** Whom we never wrote to, nobody can report on. */
async function markBad(
  tx: Tx,
  { contactId }: Conversation,
  message: Message,
  { badAddresses = [], error = { code: "recipient_unreachable", message: "Mail came back" } }:
    StatusEvent,
): Promise<void> {
  if (badAddresses.length === 0) return;
  const contact = await tx.read(keys.contact(contactId));
  const reported = badAddresses.map((address) => ({
    address,
    outcome: "failed" as const,
    isAddressBad: true,
    error,
  }));
  const { recipients } = sumUp(message, contact?.emails ?? [], reported);
  await markAddresses(tx, recipients, contact);
}

function whereOf({ id, inboxId }: Conversation) {
  return { actor: SYSTEM, conversationId: id, inboxId } as const;
}

interface Target {
  readonly conversationId: string;
  /** One message, or all sent up to a time. */
  readonly which: { readonly seq: number } | { readonly upTo: number };
  /** Whether it is of the channel the receipt came by. */
  readonly isOf: (conversation: Conversation) => boolean;
}

async function findTarget(
  { store }: CoreContext,
  channel: Channel,
  event: StatusEvent,
): Promise<Target | null> {
  const { target } = event;
  switch (target.by) {
    case "external": {
      const { messageExternalId } = target;
      const known = await findMessageAs((key) => store.get(key), channel.id, messageExternalId);
      return known === null ? null : await one(known.messageId);
    }
    case "outbox":
      return await one(target.outboxId);
    case "watermark": {
      const threaded = await store.get(keys.thread(channel.id, target.threadKey));
      const conversation = await findConversation(
        (key) => store.get(key),
        threaded ?? target.threadKey,
      );
      if (conversation === null) return null;
      return { conversationId: conversation.id, which: { upTo: target.upTo }, isOf: isOfChannel };
    }
  }

  async function one(messageId: string): Promise<Target | null> {
    const message = await findMessage((key) => store.get(key), messageId);
    if (message === null) return null;
    const { conversationId, seq, channelId } = message;
    return {
      conversationId,
      which: { seq },
      isOf: channelId === undefined ? isOfChannel : () => channelId === channel.id,
    };
  }

  function isOfChannel(conversation: Conversation): boolean {
    return conversation.channelId === channel.id;
  }
}

async function messagesOf(
  tx: Tx,
  conversation: Conversation,
  { which }: Target,
): Promise<readonly Message[]> {
  if ("seq" in which) {
    // Beyond the end when it was moved away since it was looked for.
    if (which.seq > conversation.lastSeq) return [];
    const one = await tx.get(keys.message(conversation.id, which.seq));
    return one === null ? [] : [one];
  }
  const found: Message[] = [];
  for await (
    const { value } of tx.list(keys.messagesOf(conversation), {
      reverse: true,
      limit: WATERMARK_MESSAGES,
    })
  ) {
    if (value.kind !== "reply") continue;
    if (value.sentAt !== undefined && value.sentAt <= which.upTo) found.push(value);
    // Checked: its answer may come at this moment, and look for how far all was read.
    else if (value.status === "sending") await tx.get(keys.message(conversation.id, value.seq));
  }
  return found;
}
