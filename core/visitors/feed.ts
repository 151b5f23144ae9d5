/** What happens to a visitor's conversations, as it happens: the change log, cut down to what they may see. */
import { formatCursor, type HubItem, type TypingSign } from "../events/mod.ts";
import { findMessage } from "../conversations/mod.ts";
import type { Change } from "../model/change.ts";
import { keys } from "../store/mod.ts";
import { readVisible, teamReadMarks } from "./history.ts";
import { OwnConversations } from "./own_conversations.ts";
import { TypingBox } from "./typing_box.ts";
import type { Visitor, VisitorChange, VisitorEvent, VisitorsContext } from "./types.ts";
import { authorFace, conversationView, messageView } from "./views.ts";
import { isVisible, readUpTo } from "./visible.ts";

/** Streams of visitors. One per open widget. */
export class VisitorFeeds {
  readonly #context: VisitorsContext;
  /** By visitor: conversations being begun, and what open streams know. */
  readonly #beginning = new Map<string, Set<object>>();
  readonly #open = new Map<string, Set<OwnConversations>>();
  /** By session. */
  readonly #ends = new Map<string, Set<AbortController>>();

  constructor(context: VisitorsContext) {
    this.#context = context;
  }

  /** Runs the command that begins a conversation, so that the visitor's open streams notice it. */
  async begin<T>(visitor: Visitor, command: () => Promise<T>): Promise<T> {
    const end = enter(this.#beginning, visitor.id, {});
    try {
      return await command();
    } finally {
      // A stream meets the log entry while the command still runs, or after it.
      end();
      this.#open.get(visitor.id)?.forEach((own) => own.expectNew());
    }
  }

  /** Ends the streams of a session. */
  end(sessionHash: string): void {
    this.#ends.get(sessionHash)?.forEach((controller) => controller.abort());
  }

  /** Everything from a cursor on (null: from now on), until the signal or the session ends it. */
  async *subscribe(
    visitor: Visitor,
    cursor: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<VisitorEvent> {
    const ended = new AbortController();
    const unregister = enter(this.#ends, visitor.sessionHash, ended);
    const until = AbortSignal.any([signal, ended.signal]);
    const mine = new OwnConversations(
      this.#context,
      visitor,
      () => this.#beginning.has(visitor.id),
    );
    const leave = enter(this.#open, visitor.id, mine);
    const goAway = this.#context.whereabouts.enter(visitor.id);
    const typing = new TypingBox(until);
    const stopTyping = this.#context.presence.onTyping((sign) => {
      if (sign.who.type === "user" && mine.has(sign.conversationId)) typing.put(sign);
    });
    // Subscribed before the conversations are listed, so that none begins unseen in between.
    const entries = this.#context.hub.subscribe({ cursor, signal: until })[Symbol.asyncIterator]();
    try {
      const first = entries.next();
      await mine.load();
      yield* this.#merge(visitor, mine, entries, first, typing, until);
    } finally {
      stopTyping();
      leave();
      goAway();
      unregister();
      await entries.return?.();
    }
  }

  async *#merge(
    visitor: Visitor,
    mine: OwnConversations,
    entries: AsyncIterator<HubItem>,
    first: Promise<IteratorResult<HubItem>>,
    typing: TypingBox,
    signal: AbortSignal,
  ): AsyncGenerator<VisitorEvent> {
    let next = first;
    while (!signal.aborted) {
      const woken = await Promise.race([next, typing.filled()]);
      for (const sign of typing.take()) yield await this.#typingEvent(sign);
      if (woken === null) continue;
      if (woken.done) return;
      next = entries.next();
      yield* this.#itemEvents(visitor, mine, woken.value);
    }
  }

  async *#itemEvents(
    visitor: Visitor,
    mine: OwnConversations,
    item: HubItem,
  ): AsyncGenerator<VisitorEvent> {
    if (item.kind === "hello") return yield { type: "hello", cursor: item.cursor };
    if (item.kind === "reset") return yield { type: "reset" };
    const { at, changes } = item.entry;
    for (const [n, change] of changes.entries()) {
      if (n < item.seen) continue;
      const seen = await this.#view(visitor, mine, change);
      if (seen !== null) yield { at, cursor: formatCursor(item.cursor, n), ...seen };
    }
  }

  /** The change as the visitor sees it; null when it is none of theirs or nothing they may see. */
  async #view(
    visitor: Visitor,
    mine: OwnConversations,
    change: Change,
  ): Promise<VisitorChange | null> {
    const { conversationId } = change;
    if (conversationId === undefined || !await mine.includes(conversationId, change)) return null;
    switch (change.type) {
      case "message.created":
      case "message.updated":
        return await this.#messageChange(conversationId, change);
      case "conversation.created":
        return await this.#conversationChange(visitor, conversationId, change.type);
      case "conversation.updated":
        return change.changed?.includes("status")
          ? await this.#conversationChange(visitor, conversationId, change.type)
          : null;
      case "conversation.read":
        return await this.#readByTeam(conversationId, change.seq ?? 0);
      default:
        return null;
    }
  }

  async #messageChange(conversationId: string, change: Change): Promise<VisitorChange | null> {
    const { store } = this.#context;
    if (change.messageId === undefined) return null;
    const message = await findMessage((key) => store.get(key), change.messageId);
    if (message?.conversationId !== conversationId || !isVisible(message)) return null;
    const isNew = change.type === "message.created" || message.status === "sent";
    const teamSeq = message.kind === "inbound" ? await this.#teamSeq(conversationId) : 0;
    return {
      type: isNew ? "message.created" : "message.updated",
      message: await messageView(this.#context, message, teamSeq),
    };
  }

  async #conversationChange(
    visitor: Visitor,
    conversationId: string,
    type: "conversation.created" | "conversation.updated",
  ): Promise<VisitorChange | null> {
    const conversation = await this.#context.store.get(keys.conversation(conversationId));
    if (conversation === null || conversation.channelId !== visitor.channelId) return null;
    return { type, conversation: await conversationView(this.#context, conversation) };
  }

  /** Somebody of the team read up to a place: the visitor's newest message up to there is read. */
  async #readByTeam(conversationId: string, seq: number): Promise<VisitorChange | null> {
    const conversation = await this.#context.store.get(keys.conversation(conversationId));
    if (conversation === null) return null;
    const visible = await readVisible(this.#context.store, conversation, 100);
    const own = visible.findLast((one) => one.kind === "inbound" && one.seq <= seq);
    if (own === undefined) return null;
    return { type: "message.updated", message: await messageView(this.#context, own, own.seq) };
  }

  async #teamSeq(conversationId: string): Promise<number> {
    const { store } = this.#context;
    const conversation = await store.get(keys.conversation(conversationId));
    if (conversation === null) return 0;
    return readUpTo([], await teamReadMarks(store, conversation));
  }

  async #typingEvent({ conversationId, who, isTyping }: TypingSign): Promise<VisitorEvent> {
    const author = await authorFace(this.#context, who);
    return { type: "typing", conversationId, author, isTyping };
  }
}

/** Adds to the set under a key; returns what takes it out again. */
function enter<T>(sets: Map<string, Set<T>>, key: string, one: T): () => void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(one));
  return () => {
    set.delete(one);
    if (set.size === 0 && sets.get(key) === set) sets.delete(key);
  };
}
