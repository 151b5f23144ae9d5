/** What the widget knows, and how each thing that happens changes it. Pure: no network, no storage, no DOM. */
import type {
  VisitorConfigJson,
  VisitorConversationJson,
  VisitorFace,
  VisitorMessageJson,
} from "@/core/model/visitor_api.ts";

/** A message on its way: kept on the device until the server has it. */
export interface Outgoing {
  /** The message's id for ever. */
  readonly id: string;
  /** A conversation's id, or `new:<id of the message that begins it>`. */
  readonly thread: string;
  readonly text: string;
  readonly files: readonly OutgoingFile[];
  readonly state: "waiting" | "failed";
  /** Why it failed, in the server's words. */
  readonly reason: string;
  /** Epoch ms of the device. */
  readonly at: number;
}
export interface OutgoingFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** A file on its way: gone with the page. */
export interface Upload {
  readonly key: string;
  readonly thread: string;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly state: "sending" | "failed";
  /** Why it failed: too large to try, refused, or no connection. */
  readonly problem: "too_large" | "refused" | "unreachable" | null;
}

export interface Thread {
  readonly messages: readonly VisitorMessageJson[];
  /** Id to ask for what is before; null when all is here. */
  readonly before: string | null;
}

/** Where answers go when the visitor has left. */
export type Reach =
  | { readonly kind: "unknown" }
  /** They do not want to say. */
  | { readonly kind: "skipped" }
  /** `address` where it was said just now. */
  | { readonly kind: "known"; readonly address: string | null };

/** A link out of a mail was opened: what becomes of it. */
export interface Link {
  readonly token: string;
  readonly state: "asking" | "opening" | "unreachable" | "dead";
}

export interface State {
  readonly config: VisitorConfigJson | null;
  /** Why nothing can be done: the site must sign the visitor in, or the channel is gone. */
  readonly problem: "identity_required" | "gone" | null;
  /** Shown before anything else. */
  readonly link: Link | null;
  readonly reach: Reach;
  readonly isOpen: boolean;
  readonly isOnline: boolean;
  /** Null: the start page. */
  readonly thread: string | null;
  /** Counts what the visitor went to: a thread keeps its number when its first message gives it an id. */
  readonly visit: number;
  readonly conversations: readonly VisitorConversationJson[];
  readonly threads: Readonly<Record<string, Thread>>;
  readonly outgoing: readonly Outgoing[];
  readonly uploads: readonly Upload[];
  /** Who of the team types, by conversation. */
  readonly typing: Readonly<Record<string, VisitorFace>>;
}

export const EMPTY: State = {
  config: null,
  problem: null,
  link: null,
  reach: { kind: "unknown" },
  isOpen: false,
  isOnline: true,
  thread: null,
  visit: 0,
  conversations: [],
  threads: {},
  outgoing: [],
  uploads: [],
  typing: {},
};

const RANK = { received: 0, sent: 1, delivered: 2, read: 3 } as const;

/** Takes messages into a thread: known ones are brought up to date, statuses never move back. */
export function withMessages(thread: Thread, news: readonly VisitorMessageJson[]): Thread {
  const byId = new Map(thread.messages.map((message) => [message.id, message]));
  for (const message of news) {
    const known = byId.get(message.id);
    const status = known && RANK[known.status] > RANK[message.status]
      ? known.status
      : message.status;
    byId.set(message.id, { ...message, status });
  }
  // Arrival keeps messages of one moment in order, as the sort is stable.
  const messages = [...byId.values()].sort((a, b) =>
    a.createdAt < b.createdAt ? -1 : +(a.createdAt > b.createdAt)
  );
  return { ...thread, messages };
}

/** A message came or changed: in its thread, and in the list of conversations. */
export function takeMessage(given: State, message: VisitorMessageJson): State {
  const { conversationId } = message;
  // Another tab of the visitor's may have sent what began the thread.
  const sent = given.outgoing.find((one) => one.id === message.id);
  const state = sent?.thread.startsWith("new:")
    ? beginThread(given, sent.thread, conversationId)
    : given;
  const thread = state.threads[conversationId];
  const isKnown = thread?.messages.some((one) => one.id === message.id) ?? false;
  const conversations = state.conversations.map((one) =>
    one.id === conversationId ? withLastMessage(one, message, isKnown) : one
  );
  const { [conversationId]: typist, ...othersTyping } = state.typing;
  const hasAnswered = typist !== undefined && message.author.type === "agent";
  return {
    ...state,
    conversations: sortConversations(conversations),
    threads: thread
      ? { ...state.threads, [conversationId]: withMessages(thread, [message]) }
      : state.threads,
    outgoing: state.outgoing.filter((one) => one.id !== message.id),
    typing: hasAnswered ? othersTyping : state.typing,
  };
}

/** A conversation came or changed. */
export function takeConversation(state: State, conversation: VisitorConversationJson): State {
  const others = state.conversations.filter((one) => one.id !== conversation.id);
  return { ...state, conversations: sortConversations([...others, conversation]) };
}

/** The server took the message that begins a thread: the rest of the thread follows it there. */
export function beginThread(state: State, from: string, to: string): State {
  const move = <T extends { readonly thread: string }>(one: T) =>
    one.thread === from ? { ...one, thread: to } : one;
  return {
    ...state,
    thread: state.thread === from ? to : state.thread,
    threads: { ...state.threads, [to]: state.threads[to] ?? { messages: [], before: null } },
    outgoing: state.outgoing.map(move),
    uploads: state.uploads.map(move),
  };
}

/** The visitor has seen a conversation. */
export function markSeen(state: State, conversationId: string): State {
  return {
    ...state,
    conversations: state.conversations.map((one) =>
      one.id === conversationId ? { ...one, unread: 0 } : one
    ),
  };
}

/** Replies not read, over all conversations. */
export function unreadCount(state: State): number {
  return state.conversations.reduce((sum, one) => sum + one.unread, 0);
}

/** Whether it is time to ask where answers go: once the visitor has written, and nobody knows. */
export function asksEmail({ config, reach, thread, threads }: State): boolean {
  if (config?.mailsAnswers !== true || reach.kind !== "unknown" || thread === null) return false;
  return threads[thread]?.messages.some((one) => one.author.type === "visitor") ?? false;
}

/** The next message to send: the oldest that has not failed for good. */
export function nextOutgoing(state: State): Outgoing | null {
  return state.outgoing.find((one) => one.state === "waiting") ?? null;
}

/** A session is over: what was not sent begins anew as somebody new. */
export function withoutSession(state: State): State {
  const first = new Map<string, string>();
  const outgoing = state.outgoing.map((one) => {
    if (!first.has(one.thread)) first.set(one.thread, `new:${one.id}`);
    return { ...one, files: [], thread: first.get(one.thread) ?? one.thread };
  }).filter((one) => one.text !== "");
  const thread = state.thread === null ? null : first.get(state.thread) ?? null;
  return {
    ...state,
    conversations: [],
    threads: {},
    typing: {},
    uploads: [],
    outgoing,
    thread,
    reach: EMPTY.reach,
  };
}

function withLastMessage(
  conversation: VisitorConversationJson,
  message: VisitorMessageJson,
  isKnown: boolean,
): VisitorConversationJson {
  const isReply = message.author.type !== "visitor";
  const isNewest = message.createdAt >= conversation.lastMessageAt;
  const isNews = !isKnown && isNewest && conversation.lastMessage?.id !== message.id;
  return {
    ...conversation,
    ...isNewest && { lastMessage: message, lastMessageAt: message.createdAt },
    ...isReply && isNewest && {
      agent: { name: message.author.name, avatarUrl: message.author.avatarUrl },
    },
    ...isNews && !isReply && { status: "open" as const },
    unread: conversation.unread + (isNews && isReply && message.status !== "read" ? 1 : 0),
  };
}

function sortConversations(conversations: readonly VisitorConversationJson[]) {
  return conversations.toSorted((a, b) => a.lastMessageAt < b.lastMessageAt ? 1 : -1);
}
