import type { MessageEvent } from "../channel/mod.ts";
import type { Conversation, Lane } from "../model/conversation.ts";
import type { TraceStep } from "../model/message.ts";
import { findMessageAs, followMerges, type Read } from "../conversations/mod.ts";
import { keys } from "../store/mod.ts";

/** Where an inbound message belongs, and why. */
export interface Place {
  /** Null: a new conversation. */
  readonly conversation: Conversation | null;
  readonly trace: readonly TraceStep[];
  /** The adapter proved that it belongs there: a signed reply address, a visitor's session. */
  readonly isSigned: boolean;
  /** What led there can be copied: only who had a part in it may follow. */
  readonly onlyParticipants: boolean;
  /** Its address was given to people outside, to whom the conversation was forwarded. */
  readonly isAside: boolean;
}

/**
 * Follows the event's hints, strongest first. A hint that leads to another channel's conversation is passed over and
 * said in the trace: a message may never reach into a channel it did not come through, or whose fallback address it did
 * not come to, except into what that channel has answered for another: a chat's letters, a form.
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
    // Those need to know the sender.
    if (hint.by === "number" || hint.by === "subject") continue;
    const conversationId = await follow(read, channelId, hint);
    if (conversationId === null) {
      if (hint.by !== "thread") unknown.add(hint.how);
      continue;
    }
    const named = await read(keys.conversation(conversationId));
    if (named === null) {
      trace.push({ step: "hint_unknown", detail: `${hint.how} names a conversation that is gone` });
      continue;
    }
    if (!await leadsTo(read, channelId, named, hint)) {
      trace.push({ step: "hint_refused", detail: `${hint.how} belongs to another channel` });
      continue;
    }
    const isSigned = hint.by === "conversation";
    const split = isSigned ? await splitOff(read, channelId, named, event) : null;
    const meant = split?.conversation ?? named;
    const conversation = await followMerges(read, meant);
    if (conversation.mergedIntoId !== undefined) {
      trace.push({ step: "hint_unknown", detail: `${hint.how} names a conversation that is gone` });
      continue;
    }
    const matched: readonly TraceStep[] = [
      { step: "conversation_matched", detail: hint.how },
      ...split === null ? [] : [split.step],
      ...conversation.id === meant.id ? [] : [{
        step: "merge_followed",
        detail: `It is part of #${conversation.number} since they were merged`,
      }],
    ];
    const onlyParticipants = "onlyParticipants" in hint && hint.onlyParticipants === true;
    return {
      conversation,
      trace: [...trace, ...unknownStep(), ...matched],
      isSigned: isSigned && !onlyParticipants,
      onlyParticipants,
      isAside: "isAside" in hint && hint.isAside === true,
    };
  }
  return {
    conversation: null,
    trace: [...trace, ...unknownStep()],
    isSigned: false,
    onlyParticipants: false,
    isAside: false,
  };
}

/** Whether what came by a channel may follow a hint to a conversation. */
async function leadsTo(
  read: Read,
  channelId: string,
  named: Conversation,
  hint: MessageEvent["hints"][number],
): Promise<boolean> {
  if (named.channelId === channelId || named.answerChannelId === channelId) return true;
  // Signed with this channel's own key when it wrote to somebody outside about that conversation, whatever that one came by.
  if (hint.by === "conversation" && hint.isAside === true) return true;
  if (await standsInFor(read, channelId, named)) return true;
  if (await wroteLettersOf(read, channelId, named)) return true;
  // By a message it is found under its own channel: merging brought it where it lies now.
  return hint.by === "message";
}

/**
 * A signed reply address names the conversation it was made for. What the mail answers may have been split off since:
 * then it belongs there.
 */
async function splitOff(
  read: Read,
  channelId: string,
  named: Conversation,
  { hints }: MessageEvent,
): Promise<{ readonly conversation: Conversation; readonly step: TraceStep } | null> {
  for (const hint of hints) {
    if (hint.by !== "message") continue;
    const id = await follow(read, channelId, hint);
    if (id === null) continue;
    if (id === named.id) return null;
    const conversation = await read(keys.conversation(id));
    if (conversation === null || !await comesOutOf(read, conversation, named.id)) return null;
    return {
      conversation,
      step: { step: "split_followed", detail: `${hint.how}: what it answers was split off` },
    };
  }
  return null;
}

/** Splits of splits that are looked through. */
const MAX_ORIGINS = 20;

async function comesOutOf(read: Read, start: Conversation, id: string): Promise<boolean> {
  let conversation: Conversation | null = start;
  for (let i = 0; conversation?.originId !== undefined && i < MAX_ORIGINS; i++) {
    if (conversation.originId === id) return true;
    conversation = await read(keys.conversation(conversation.originId));
  }
  return false;
}

/** Whether a channel is that of the fallback address by which answers may have left the conversation's mailbox. */
async function standsInFor(
  read: Read,
  channelId: string,
  conversation: Conversation,
): Promise<boolean> {
  const channel = await read(keys.channel(channelId));
  if (channel?.isFallback !== true) return false;
  const { answerChannelId = conversation.channelId } = conversation;
  const own = await read(keys.channel(answerChannelId));
  return own?.inboxId === channel.inboxId && own.type === channel.type;
}

/**
 * Whether answers of this chat left by a channel. What it signed for the chat, and the ids of its mails, are known to
 * those alone who got them.
 */
async function wroteLettersOf(
  read: Read,
  channelId: string,
  conversation: Conversation,
): Promise<boolean> {
  const record = await read(keys.continuity(conversation.id));
  return record?.channelIds.includes(channelId) ?? false;
}

async function follow(
  read: Read,
  channelId: string,
  hint: Exclude<MessageEvent["hints"][number], { by: "number" | "subject" }>,
): Promise<string | null> {
  switch (hint.by) {
    case "conversation":
      return hint.conversationId;
    case "message": {
      const known = await findMessageAs(read, channelId, hint.externalId);
      if (known === null) return null;
      // The message may have moved since; one that was deleted still names its conversation.
      return (await read(keys.messageRef(known.messageId)))?.conversationId ?? known.conversationId;
    }
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
 * The record after a mail from somebody outside, to whom the conversation was forwarded: it is news for the team, also where it
 * was closed or asleep; the customer waits as before. Pure.
 * @param message `isQuiet`: a machine's, or one filed as spam: it wakes nobody
 */
export function afterAside(
  conversation: Conversation,
  message: { readonly seq: number; readonly preview: string; readonly isQuiet: boolean },
  now: number,
): Conversation {
  const counted: Conversation = {
    ...conversation,
    version: conversation.version + 1,
    lastSeq: message.seq,
    updatedAt: now,
  };
  if (message.isQuiet) return counted;
  const isAsleep = conversation.status === "closed" || conversation.status === "snoozed";
  return {
    ...counted,
    preview: message.preview,
    previewKind: "comment",
    lastMessageAt: now,
    lastUnreadSeq: message.seq,
    ...isAsleep ? { status: "open", statusAt: now, snoozedUntil: null } : {},
  };
}

/**
 * The record after a message from before its channel was connected: nobody waits for an answer and nothing is unread,
 * and an agent who writes meanwhile has missed nothing. A new conversation begins closed. Pure.
 * @param message `at`: when it was written, epoch ms; `previewKind`: whether by the customer
 */
export function afterHistory(
  conversation: Conversation,
  message: {
    readonly seq: number;
    readonly at: number;
    readonly preview: string;
    readonly previewKind?: Conversation["previewKind"];
    readonly isBlocked: boolean;
    readonly contactName: string;
  },
): Conversation {
  const { seq, at, preview, previewKind = "inbound", contactName } = message;
  if (conversation.lastSeq === 0) {
    return {
      ...conversation,
      status: message.isBlocked ? "spam" : "closed",
      statusAt: at,
      preview,
      previewKind,
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
    previewKind,
    lastSeq: seq,
    lastMessageAt: at,
    statusAt: isImported ? at : conversation.statusAt,
  };
}
