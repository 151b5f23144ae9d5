import type { MessageEvent } from "../channel/mod.ts";
import type { Conversation, Lane } from "../model/conversation.ts";
import type { TraceStep } from "../model/message.ts";
import { type Key, keys } from "../store/mod.ts";

/** Reads one key, from the store or within a commit. */
export type Read = <T>(key: Key<T>) => Promise<T | null>;

/** Where an inbound message belongs, and why. */
export interface Place {
  /** Null: a new conversation. */
  readonly conversation: Conversation | null;
  readonly trace: readonly TraceStep[];
  /** The adapter proved that it belongs there: a signed reply address, a visitor's session. */
  readonly isSigned: boolean;
}

/**
 * Follows the event's hints, strongest first. A hint that leads to another channel's conversation is passed over and
 * said in the trace: a message may never reach into a channel it did not come through, or whose fallback address it did
 * not come to.
 */
export async function findPlace(
  read: Read,
  channelId: string,
  event: MessageEvent,
): Promise<Place> {
  const trace: TraceStep[] = [];
  // A mail may name twenty messages we never saw: one line says so.
  const unknown = new Set<string>();
  const unknownStep = (): TraceStep[] =>
    unknown.size === 0 ? [] : [{
      step: "hint_unknown",
      detail: `${[...unknown].join(" and ")} ${
        unknown.size === 1 ? "leads" : "lead"
      } to nothing here`,
    }];
  for (const hint of event.hints) {
    const conversationId = await follow(read, channelId, hint);
    if (conversationId === null) {
      if (hint.by !== "thread") unknown.add(hint.how);
      continue;
    }
    const conversation = await read(keys.conversation(conversationId));
    if (conversation === null) {
      trace.push({ step: "hint_unknown", detail: `${hint.how} names a conversation that is gone` });
      continue;
    }
    if (
      conversation.channelId !== channelId && !await standsInFor(read, channelId, conversation)
    ) {
      trace.push({ step: "hint_refused", detail: `${hint.how} belongs to another channel` });
      continue;
    }
    const matched = { step: "conversation_matched", detail: hint.how };
    const isSigned = hint.by === "conversation";
    return { conversation, trace: [...trace, ...unknownStep(), matched], isSigned };
  }
  return { conversation: null, trace: [...trace, ...unknownStep()], isSigned: false };
}

/** Whether a channel is that of the fallback address by which answers may have left the conversation's mailbox. */
async function standsInFor(
  read: Read,
  channelId: string,
  conversation: Conversation,
): Promise<boolean> {
  const channel = await read(keys.channel(channelId));
  if (channel?.isFallback !== true) return false;
  const own = await read(keys.channel(conversation.channelId));
  return own?.inboxId === channel.inboxId && own.type === channel.type;
}

async function follow(
  read: Read,
  channelId: string,
  hint: MessageEvent["hints"][number],
): Promise<string | null> {
  switch (hint.by) {
    case "conversation":
      return hint.conversationId;
    case "message":
      return (await read(keys.dedupe(channelId, hint.externalId)))?.conversationId ?? null;
    case "thread":
      return await read(keys.thread(channelId, hint.threadKey));
  }
}

/** The record after an inbound message: reopened, waiting, with new first words. Pure. */
export function afterInbound(
  conversation: Conversation,
  message: {
    readonly seq: number;
    readonly preview: string;
    readonly automatic: boolean;
    readonly isBlocked: boolean;
    /** Of a conversation it begins. */
    readonly lane?: Lane;
    readonly contactName: string;
  },
  now: number,
): Conversation {
  const { lane: before, ...rest } = conversation;
  const lane = conversation.lastSeq === 0 ? message.lane : message.automatic ? before : undefined;
  const counted: Conversation = {
    ...rest,
    ...lane === undefined ? {} : { lane },
    contactName: message.contactName,
    preview: message.preview,
    previewKind: "inbound",
    version: conversation.version + 1,
    lastSeq: message.seq,
    lastMessageAt: now,
    updatedAt: now,
  };
  if (message.isBlocked) {
    const statusAt = conversation.status === "spam" ? conversation.statusAt : now;
    return { ...counted, status: "spam", statusAt, snoozedUntil: null };
  }
  // Automatic mail is kept but wakes nobody; what is spam stays spam.
  if (message.automatic) return counted;
  const waiting: Conversation = {
    ...counted,
    lastUnreadSeq: message.seq,
    waitingSince: conversation.waitingSince ?? now,
  };
  if (conversation.status === "open" || conversation.status === "spam") return waiting;
  return { ...waiting, status: "open", statusAt: now, snoozedUntil: null };
}

/**
 * The record after a message from before its channel was connected: nobody waits for an answer and nothing is unread,
 * and an agent who writes meanwhile has missed nothing. A new conversation begins closed. Pure.
 * @param message `at`: when it was written, epoch ms
 */
export function afterHistory(
  conversation: Conversation,
  message: {
    readonly seq: number;
    readonly at: number;
    readonly preview: string;
    readonly isBlocked: boolean;
    readonly contactName: string;
  },
): Conversation {
  const { seq, at, preview, contactName } = message;
  if (conversation.lastSeq === 0) {
    return {
      ...conversation,
      status: message.isBlocked ? "spam" : "closed",
      statusAt: at,
      preview,
      createdAt: at,
      updatedAt: at,
      lastMessageAt: at,
      version: conversation.version + 1,
      lastSeq: seq,
    };
  }
  if (at < conversation.lastMessageAt) return { ...conversation, lastSeq: seq };
  // Closed by the import, not by anybody: its place in the list is that of its latest message.
  const isImported = conversation.status === "closed" &&
    conversation.statusAt === conversation.lastMessageAt;
  return {
    ...conversation,
    contactName,
    preview,
    previewKind: "inbound",
    lastSeq: seq,
    lastMessageAt: at,
    statusAt: isImported ? at : conversation.statusAt,
  };
}
