/** The messages of one conversation as the browser holds them: what the server told, and what is on its way there. */
import type { ApiMessage } from "../../../core/model/api.ts";

export interface ThreadState {
  /** Told by the server, by `seq`. */
  readonly messages: readonly ApiMessage[];
  /** Written here, not yet answered by the server; shown after all others, oldest first. */
  readonly sending: readonly ApiMessage[];
  /** Cursor of the page before the first message; null when it is the first. */
  readonly before: string | null;
  /** `seq` from which on messages were unread when the thread was opened. */
  readonly newFromSeq: number | null;
}

export interface MessagePage {
  /** Oldest first. */
  readonly items: readonly ApiMessage[];
  readonly next: string | null;
}

export function createThread(page: MessagePage): ThreadState {
  return {
    messages: bySeq(page.items),
    sending: [],
    before: page.next,
    newFromSeq: null,
  };
}

/** A whole fresh read: replaces what was told, keeps what is on its way and what events told since it was read. */
export function replaceMessages(thread: ThreadState, page: MessagePage): ThreadState {
  const ids = new Set(page.items.map(({ id }) => id));
  const first = page.items[0]?.seq ?? 0;
  const last = page.items.at(-1)?.seq ?? 0;
  const older = thread.messages.filter(({ id, seq }) => seq < first && !ids.has(id));
  const newer = thread.messages.filter(({ id, seq }) => seq > last && !ids.has(id));
  // With a hole between the old messages and the page, the old ones are read again when wanted.
  const joins = older.length > 0 && (older.at(-1)?.seq ?? 0) + 1 >= first;
  return {
    ...thread,
    messages: bySeq([...joins ? older : [], ...page.items, ...newer]),
    sending: thread.sending.filter(({ id }) => !ids.has(id)),
    before: joins ? thread.before : page.next,
  };
}

/** Adds the page before the first message. */
export function prependPage(thread: ThreadState, page: MessagePage): ThreadState {
  const known = new Set(thread.messages.map(({ id }) => id));
  const older = page.items.filter(({ id }) => !known.has(id));
  return { ...thread, messages: bySeq([...older, ...thread.messages]), before: page.next };
}

/** A message came or changed: the newest word of the server about it. */
export function putMessage(thread: ThreadState, message: ApiMessage): ThreadState {
  const others = thread.messages.filter(({ id }) => id !== message.id);
  return {
    ...thread,
    messages: bySeq([...others, message]),
    sending: thread.sending.filter(({ id }) => id !== message.id),
  };
}

/** The answer to a POST, which may be older than what an event already told. */
export function addAnswer(thread: ThreadState, message: ApiMessage): ThreadState {
  return thread.messages.some(({ id }) => id === message.id) ? thread : putMessage(thread, message);
}

export function removeMessage(thread: ThreadState, messageId: string): ThreadState {
  return {
    ...thread,
    messages: thread.messages.filter(({ id }) => id !== messageId),
    sending: thread.sending.filter(({ id }) => id !== messageId),
  };
}

/** Shows a message before the server has it. */
export function addSending(thread: ThreadState, message: ApiMessage): ThreadState {
  if (thread.messages.some(({ id }) => id === message.id)) return thread;
  const others = thread.sending.filter(({ id }) => id !== message.id);
  return { ...thread, sending: [...others, message] };
}

/**
 * Where the "New" line goes when an unread thread is opened: after the last thing our side wrote, or at the first
 * message. @param isUnread what the list says about the caller.
 */
export function markNew(thread: ThreadState, isUnread: boolean, me: string): ThreadState {
  if (!isUnread) return { ...thread, newFromSeq: null };
  let newFromSeq: number | null = null;
  for (const message of thread.messages.toReversed()) {
    if (message.kind === "event") continue;
    if (message.kind === "reply" || message.author.id === me) break;
    newFromSeq = message.seq;
  }
  // A line above everything would separate nothing.
  if (thread.before === null && newFromSeq === thread.messages[0]?.seq) newFromSeq = null;
  return { ...thread, newFromSeq };
}

/** `seq` of the latest message the server told, 0 when there is none. */
export function lastSeqOf(thread: ThreadState): number {
  return thread.messages.at(-1)?.seq ?? 0;
}

function bySeq(messages: readonly ApiMessage[]): readonly ApiMessage[] {
  return messages.toSorted((a, b) => a.seq - b.seq);
}
