import type { MessageEvent } from "../channel/mod.ts";
import {
  findMessage,
  findMessageAs,
  putConversation,
  withLatestWords,
} from "../conversations/mod.ts";
import type { CoreContext } from "../context.ts";
import { SYSTEM } from "../model/change.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { advanceStatus, hasLeft, isHalfSent, joinEarly } from "../outbox/mod.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { findPlace } from "./place.ts";
import { isOutbound } from "./is_outbound.ts";

/**
 * Joins an echo to the message of ours it is of: that one has left, whatever its send has answered so far, and is known by
 * the provider's id from now on.
 * @returns null when it is of none of ours: a reply that was written elsewhere
 */
export async function ingestEcho(
  context: CoreContext,
  channel: Channel,
  event: MessageEvent,
  options: IngestOptions,
): Promise<IngestResult | null> {
  const { store } = context;
  const found = await findOwn(context, channel, event);
  if (found === null) return null;
  return await transact<IngestResult | null>(store, async (tx) => {
    const own = await readOwn(tx, channel, found);
    if (own === null) return null;
    const result = await write(context, channel, event, own, tx);
    options.also?.(tx, result);
    return result;
  }, { queue: found.conversationId });
}

/** A message of ours and its conversation, checked by the commit. */
interface Own {
  readonly message: Message;
  readonly conversation: Conversation;
}

async function write(
  { store }: CoreContext,
  channel: Channel,
  event: MessageEvent,
  { message, conversation }: Own,
  tx: Tx,
): Promise<IngestResult> {
  const { id, seq, conversationId } = message;
  const known = await findMessageAs((key) => tx.get(key), channel.id, event.externalId);
  // The provider's time is what receipts up to a time go by.
  const echoedAt = Math.min(Math.max(event.occurredAt, message.createdAt), tx.now);
  const sentAt = Math.min(message.sentAt ?? echoedAt, echoedAt);
  // Of one of its pieces: the others are still on their way.
  const status = isHalfSent(message) ? null : advanceStatus(message.status, "sent");
  const left = status ?? (hasLeft(message.status) ? message.status : null);
  const isNew = status !== null || (left !== null && sentAt !== message.sentAt);
  if (known !== null && !isNew) {
    return { kind: "duplicate", conversationId, messageId: id, seq };
  }
  const { error: _, ...rest } = message;
  const sent: Message = {
    ...status === null ? message : { ...rest, status },
    sentAt,
    ...isHalfSent(message) ? {} : { externalId: message.externalId ?? event.externalId },
  };
  const joined = left === null ? null : await joinEarly(store, tx, sent, {
    channelIds: [channel.id],
    ids: [event.externalId],
    status: left,
    sentAt,
  });
  const after: Message = joined === null ? sent : {
    ...joined.message,
    status: joined.status,
    ...joined.error === undefined ? {} : { error: joined.error },
  };
  tx.set(keys.message(conversationId, seq), after);
  if (known === null) {
    tx.set(keys.dedupe(channel.id, event.externalId), { conversationId, messageId: id, seq });
  }
  const row = rowAfter(await withLatestWords(tx, conversation, after), after);
  putConversation(tx, conversation, row);
  const where = { actor: SYSTEM, conversationId, inboxId: conversation.inboxId };
  tx.emit({ type: "message.updated", ...where, messageId: id, seq, changed: ["status", "sentAt"] });
  if (row !== conversation) {
    tx.emit({ type: "conversation.updated", ...where, changed: ["failedMessageId", "preview"] });
  }
  return { kind: "updated", conversationIds: [conversationId] };
}

function rowAfter(conversation: Conversation, { id, status }: Message): Conversation {
  const { failedMessageId } = conversation;
  if (status === "failed") {
    return failedMessageId === id ? conversation : { ...conversation, failedMessageId: id };
  }
  return failedMessageId === id ? { ...conversation, failedMessageId: null } : conversation;
}

/** The message of ours an echo is of: by our id, by the provider's, or by what is on its way at this moment. */
async function findOwn(
  context: CoreContext,
  channel: Channel,
  event: MessageEvent,
): Promise<Message | null> {
  const { store } = context;
  const read: Parameters<typeof findMessage>[0] = (key) => store.get(key);
  if (event.outboxId !== undefined) {
    const named = await findMessage(read, event.outboxId);
    if (named !== null) return named;
  }
  const known = await findMessageAs(read, channel.id, event.externalId);
  if (known !== null) {
    const message = await findMessage(read, known.messageId);
    // A reply from elsewhere that is told again is no message of ours.
    return message?.isOutside === true ? null : message;
  }
  const { conversation } = await findPlace(read, channel.id, event);
  return conversation === null ? null : await onItsWay(context, conversation, event);
}

/** How far back a message that is on its way is looked for. */
const LOOK_BACK = 20;

/**
 * A provider may echo a message before it answers the call that sends it, without a word of whose it is: the one with
 * the same words is meant. What is ours for sure, but reads otherwise by now, is the first that is on its way.
 */
async function onItsWay(
  { store }: CoreContext,
  conversation: Conversation,
  event: MessageEvent,
): Promise<Message | null> {
  const isOurs = event.direction === "echo_own";
  const waiting: Message[] = [];
  const latest = store.list(keys.messagesOf(conversation), { reverse: true, limit: LOOK_BACK });
  for await (const { value } of latest) {
    const isOut = value.status === "sending" || (isOurs && value.status === "ambiguous");
    if (value.kind === "reply" && isOut && value.externalId === undefined) waiting.unshift(value);
  }
  const words = event.parts.flatMap((part) => part.kind === "text" ? [part.text] : []).join("\n");
  const isSame = ({ text }: Message) => text.trim() !== "" && text.trim() === words.trim();
  return waiting.find(isSame) ??
    (isOurs ? waiting.find(({ status }) => status === "sending") ?? null : null);
}

async function readOwn(tx: Tx, channel: Channel, found: Message): Promise<Own | null> {
  const place = await findMessage((key) => tx.read(key), found.id);
  if (place === null) return null;
  const [conversation, message] = await Promise.all([
    tx.get(keys.conversation(place.conversationId)),
    tx.get(keys.message(place.conversationId, place.seq)),
  ]);
  if (conversation === null || message === null || message.id !== found.id) return null;
  // Our own id is a claim of the delivery: it may never reach into another channel.
  if ((message.channelId ?? conversation.channelId) !== channel.id) return null;
  return isOutbound(message) ? { message, conversation } : null;
}
