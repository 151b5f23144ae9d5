/**
 * Where messages lie and where conversations went. Messages move when threads are split or merged; then their `messageRef`
 * is rewritten in the commit that moves them, and nothing else is: whatever else names a message by a place may be from
 * before, so it names it by its id too.
 */
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { type DedupeRecord, type Key, keys, type MessageRefRecord } from "../store/mod.ts";
import { isEarly } from "./message_news.ts";

/** Reads one key, from the store or within a commit. */
export type Read = <T>(key: Key<T>) => Promise<T | null>;

/** Merges followed in a row: more than anybody makes by hand. */
const MAX_MERGES = 50;

/** The message of an id, wherever it lies now. */
export async function findMessage(read: Read, id: string): Promise<Message | null> {
  const ref = await read(keys.messageRef(id));
  return ref === null ? null : await read(keys.message(ref.conversationId, ref.seq));
}

/** The message a provider's id stands for on a channel, as it was noted: it may have moved since. */
export async function findMessageAs(
  read: Read,
  channelId: string,
  externalId: string,
): Promise<DedupeRecord | null> {
  const known = await read(keys.dedupe(channelId, externalId));
  return known === null || isEarly(known) ? null : known;
}

/** Where a message lies that was at a place when somebody noted it. Jobs of earlier versions noted no id. */
export async function placeNow(
  read: Read,
  noted: {
    readonly messageId?: unknown;
    readonly conversationId?: unknown;
    readonly seq?: unknown;
  },
): Promise<Pick<MessageRefRecord, "conversationId" | "seq">> {
  const ref = typeof noted.messageId === "string"
    ? await read(keys.messageRef(noted.messageId))
    : null;
  return ref ?? { conversationId: String(noted.conversationId), seq: Number(noted.seq) };
}

/** The conversation that one was merged into, at the end of any chain; itself when it was not. */
export async function followMerges(read: Read, start: Conversation): Promise<Conversation> {
  let conversation = start;
  for (let i = 0; conversation.mergedIntoId !== undefined && i < MAX_MERGES; i++) {
    const next = await read(keys.conversation(conversation.mergedIntoId));
    // What it was merged into was deleted for good: what is meant for it has nowhere else to go.
    if (next === null) return conversation;
    conversation = next;
  }
  return conversation;
}

/** The conversation an id stands for now. */
export async function findConversation(read: Read, id: string): Promise<Conversation | null> {
  const found = await read(keys.conversation(id));
  return found === null ? null : await followMerges(read, found);
}
