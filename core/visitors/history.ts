/** Reads a conversation as its visitor sees it. */
import { readMembers } from "../access/mod.ts";
import { followMerges } from "../conversations/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, type Store } from "../store/mod.ts";
import type { Visitor } from "./types.ts";
import { compareVisible, isVisible } from "./visible.ts";

/**
 * How many of a conversation's newest messages a visitor can page through. Order is by the time a reply became
 * visible, and a reply may have been written long before: so all of them are read for any page.
 */
const MAX_READ = 2_000;

export interface HistoryQuery {
  /** 1–100. */
  readonly limit: number;
  /** Only what became visible after this message, oldest first. */
  readonly after?: string | undefined;
  /** Only what became visible before it: the newest of those. */
  readonly before?: string | undefined;
}
export interface HistoryPage {
  /** Oldest first. */
  readonly items: readonly Message[];
  /** More in the direction asked for: after the last, or before the first item. */
  readonly hasMore: boolean;
}

/** All a visitor may see of a conversation, in visitors' order. @param limit how many messages of any kind to look at. */
export async function readVisible(
  store: Store,
  conversation: Pick<Conversation, "id" | "lastSeq">,
  limit = MAX_READ,
): Promise<readonly Message[]> {
  const visible: Message[] = [];
  const range = keys.messagesOf(conversation);
  for await (const { value } of store.list(range, { reverse: true, limit })) {
    if (isVisible(value)) visible.push(value);
  }
  return visible.sort(compareVisible);
}

/** One page of a conversation; null when `after` or `before` names no message of it. */
export function pageOf(visible: readonly Message[], query: HistoryQuery): HistoryPage | null {
  const { limit } = query;
  if (query.after !== undefined) {
    const at = indexOf(visible, query.after);
    if (at < 0) return null;
    const items = visible.slice(at + 1, at + 1 + limit);
    return { items, hasMore: visible.length > at + 1 + limit };
  }
  const end = query.before === undefined ? visible.length : indexOf(visible, query.before);
  if (end < 0) return null;
  const start = Math.max(0, end - limit);
  return { items: visible.slice(start, end), hasMore: start > 0 };
}

/** The conversations a visitor began, newest first; in place of those that were merged, what they are part of. */
export async function conversationsOf(
  store: Store,
  visitor: Visitor,
): Promise<readonly Conversation[]> {
  const ids: string[] = [];
  for await (const { value } of store.list(keys.threadsOf(visitor.channelId, visitor.id))) {
    ids.push(value);
  }
  const found = await store.getMany(ids.map((id) => keys.conversation(id)));
  const now = await Promise.all(
    found.filter((one) => one !== null).map((one) => followMerges((key) => store.get(key), one)),
  );
  return [...new Map(now.map((one) => [one.id, one])).values()]
    .sort((a, b) => b.lastMessageAt - a.lastMessageAt || b.number - a.number);
}

/** How far the team has read: the furthest mark of the inbox's members and the assignee. */
export async function teamReadMarks(
  store: Store,
  conversation: Conversation,
): Promise<readonly number[]> {
  const inbox = await store.get(keys.inbox(conversation.inboxId));
  const users = new Set(inbox === null ? [] : await readMembers(store, inbox));
  if (conversation.assigneeId !== null) users.add(conversation.assigneeId);
  const marks = await store.getMany([...users].map((id) => keys.readMark(id, conversation.id)));
  return marks.filter((mark) => mark !== null);
}

/** Visitors know their own messages by the ids they chose. */
export function visitorMessageId(message: Message): string {
  return message.kind === "inbound" && message.clientId !== undefined
    ? message.clientId
    : message.id;
}

function indexOf(visible: readonly Message[], id: string): number {
  return visible.findIndex((one) => visitorMessageId(one) === id);
}
