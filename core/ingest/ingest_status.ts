import type { InboundEvent } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { putConversation } from "../conversations/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Actor } from "../model/change.ts";
import type { Message, MessageStatus } from "../model/message.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";

type StatusEvent = Extract<InboundEvent, { type: "status" }>;

const SYSTEM: Actor = { type: "system", id: null, name: "Parley" };
/** How far back a watermark reaches in one commit. */
const WATERMARK_MESSAGES = 100;
const RANK: Partial<Record<MessageStatus, number>> = {
  queued: 0,
  sending: 1,
  ambiguous: 1,
  sent: 2,
  delivered: 3,
  read: 4,
};

/** The status a receipt leads to: only ever forward; a failure reported later stands over `sent`, never over `read`. */
export function laterStatus(
  current: MessageStatus,
  reported: StatusEvent["status"],
): MessageStatus | null {
  if (reported === "failed") {
    return current === "sent" || current === "sending" || current === "ambiguous" ? "failed" : null;
  }
  const from = RANK[current];
  const to = RANK[reported];
  return from !== undefined && to !== undefined && to > from ? reported : null;
}

/** Moves outbound messages forward by a provider's receipt. */
export async function ingestStatus(
  context: CoreContext,
  channel: Channel,
  event: StatusEvent,
  options: IngestOptions,
): Promise<IngestResult> {
  const { store } = context;
  const target = await findTarget(context, channel, event);
  return await transact<IngestResult>(store, async (tx) => {
    const conversation = target === null
      ? null
      : await tx.get(keys.conversation(target.conversationId));
    if (target === null || conversation === null || conversation.channelId !== channel.id) {
      const result: IngestResult = {
        kind: "ignored",
        reason: "a receipt for a message that is not here",
      };
      options.also?.(tx, result);
      return result;
    }
    for (const message of await messagesOf(tx, target)) {
      const status = laterStatus(message.status, event.status);
      if (status === null) continue;
      tx.set(keys.message(message.conversationId, message.seq), {
        ...message,
        status,
        ...message.sentAt === undefined ? { sentAt: event.occurredAt } : {},
        ...event.error === undefined ? {} : { error: event.error },
      });
      const where = {
        actor: SYSTEM,
        conversationId: conversation.id,
        inboxId: conversation.inboxId,
      };
      tx.emit({
        type: "message.updated",
        ...where,
        messageId: message.id,
        seq: message.seq,
        changed: ["status"],
      });
      if (status === "failed") {
        putConversation(tx, conversation, {
          ...conversation,
          failedMessageId: message.id,
          updatedAt: tx.now,
        });
        tx.emit({ type: "conversation.updated", ...where, changed: ["failedMessageId"] });
      }
    }
    const result: IngestResult = { kind: "updated", conversationIds: [conversation.id] };
    options.also?.(tx, result);
    return result;
  }, target === null ? {} : { queue: target.conversationId });
}

interface Target {
  readonly conversationId: string;
  /** One message, or all sent up to a time. */
  readonly which: { readonly seq: number } | { readonly upTo: number };
}

async function findTarget(
  { store }: CoreContext,
  channel: Channel,
  event: StatusEvent,
): Promise<Target | null> {
  const { target } = event;
  switch (target.by) {
    case "external": {
      const found = await store.get(keys.dedupe(channel.id, target.messageExternalId));
      return found === null
        ? null
        : { conversationId: found.conversationId, which: { seq: found.seq } };
    }
    case "outbox": {
      const found = await store.get(keys.messageRef(target.outboxId));
      return found === null
        ? null
        : { conversationId: found.conversationId, which: { seq: found.seq } };
    }
    case "watermark": {
      const threaded = await store.get(keys.thread(channel.id, target.threadKey));
      return { conversationId: threaded ?? target.threadKey, which: { upTo: target.upTo } };
    }
  }
}

async function messagesOf(tx: Tx, { conversationId, which }: Target): Promise<readonly Message[]> {
  if ("seq" in which) {
    const one = await tx.get(keys.message(conversationId, which.seq));
    return one === null ? [] : [one];
  }
  const found: Message[] = [];
  for await (
    const { value } of tx.list(keys.messages(conversationId), {
      reverse: true,
      limit: WATERMARK_MESSAGES,
    })
  ) {
    if (value.kind === "reply" && value.sentAt !== undefined && value.sentAt <= which.upTo) {
      found.push(value);
    }
  }
  return found;
}
