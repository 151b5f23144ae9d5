import type { Principal } from "../access/mod.ts";
import type { LiveTable } from "../events/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import { type CountsByScope, ViewTally } from "./view_tally.ts";

export interface LiveCountsOptions {
  readonly live: Pick<LiveTable, "get" | "onChange" | "rows">;
  readonly principal: Principal;
  /** Up to where the caller has read each conversation; null for a token, which reads nothing. */
  readonly marks: ReadonlyMap<string, number> | null;
}

/**
 * The counts of one open stream. All rows are looked at once; after that a change costs the same however many there
 * are, which is what lets two hundred streams have counts of their own.
 */
export class LiveCounts implements Disposable {
  readonly #options: LiveCountsOptions;
  readonly #tally: ViewTally;
  /** Rows counted as unread. */
  readonly #unread = new Set<string>();
  /** Marks heard of before they were in `marks`. */
  readonly #heard = new Map<string, number>();
  /** What the caller marked as unread, and up to where it counts as read: `marks` may not have moved back yet. */
  readonly #unreadFrom = new Map<string, number>();
  readonly #stop: () => void;

  constructor(options: LiveCountsOptions) {
    this.#options = options;
    this.#tally = new ViewTally(options.principal);
    for (const row of options.live.rows()) this.#add(row);
    this.#stop = options.live.onChange((changes) => {
      for (const { before, after } of changes) {
        if (before !== null) this.#remove(before);
        if (after !== null) this.#add(after);
      }
    });
  }

  get value(): CountsByScope {
    return this.#tally.counts;
  }

  /** Whether there is something in it that the caller has not read. */
  isUnread(row: Conversation): boolean {
    const { marks } = this.#options;
    if (marks === null) return false;
    const seq = this.#unreadFrom.get(row.id) ??
      Math.max(marks.get(row.id) ?? 0, this.#heard.get(row.id) ?? 0);
    return row.lastUnreadSeq > seq;
  }

  /** The caller has read a conversation up to `seq`. */
  markRead(conversationId: string, seq: number): void {
    const known = this.#unreadFrom.get(conversationId) ?? this.#heard.get(conversationId) ?? 0;
    this.#unreadFrom.delete(conversationId);
    this.#heard.set(conversationId, Math.max(seq, known));
    this.#recount(conversationId);
  }

  /** The caller wants to read again what came after `seq`. */
  markUnread(conversationId: string, seq: number): void {
    this.#unreadFrom.set(conversationId, seq);
    this.#heard.delete(conversationId);
    this.#recount(conversationId);
  }

  #recount(conversationId: string): void {
    const row = this.#options.live.get(conversationId);
    if (row === null) return;
    this.#remove(row);
    this.#add(row);
  }

  /** A conversation lost the messages after `seq`: what comes next takes their places, unread. */
  cut(conversationId: string, seq: number): void {
    const heard = this.#heard.get(conversationId);
    if (heard !== undefined && heard > seq) this.#heard.set(conversationId, seq);
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  #add(row: Conversation): void {
    const isUnread = this.isUnread(row);
    if (isUnread) this.#unread.add(row.id);
    this.#tally.count(row, isUnread, 1);
  }

  #remove(row: Conversation): void {
    this.#tally.count(row, this.#unread.delete(row.id), -1);
  }
}
