import { can, type Principal } from "../access/mod.ts";
import type { DraftNews } from "../drafts/mod.ts";
import type { LiveTable, Presence, TypingSign } from "../events/mod.ts";
import { peopleSeenBy, type PersonHere, type PresenceDesk } from "../presence/mod.ts";
import type { Ports } from "../ports.ts";

export interface SideEventsOptions {
  readonly live: Pick<LiveTable, "get">;
  readonly presence: Pick<Presence, "onTyping">;
  readonly desk: Pick<PresenceDesk, "attendance" | "onDraft">;
  readonly ports: Pick<Ports, "alarm" | "clock">;
}

/** Who else is in a conversation now; nobody: all of them left. */
export interface PeopleHere {
  readonly conversationId: string;
  readonly people: readonly PersonHere[];
}

/**
 * Joins the entries of the log with what a stream tells besides them, and never twice: who types, who is where, the
 * caller's own drafts, and that counts have changed. It keeps the latest of each only, so a client that does not read
 * costs no memory.
 */
export class SideEvents<T> implements Disposable {
  readonly #options: SideEventsOptions;
  readonly #source: AsyncIterator<T, void>;
  readonly #typing = new Map<string, TypingSign>();
  readonly #principal: Principal;
  /** Conversations whose people changed. */
  readonly #moved: Set<string>;
  /** Conversations this stream knows somebody in. */
  readonly #peopled = new Set<string>();
  readonly #drafts = new Map<string, DraftNews>();
  readonly #stops: readonly (() => void)[];
  #countsAlarm: { readonly at: number; cancel(): void } | null = null;
  #areCountsDue = false;
  #woken = Promise.withResolvers<void>();
  #asked: Promise<void> | null = null;
  /** What the source answered, or throws what it threw. */
  #answer: (() => IteratorResult<T, void>) | null = null;

  constructor(source: AsyncIterator<T, void>, principal: Principal, options: SideEventsOptions) {
    this.#source = source;
    this.#options = options;
    this.#principal = principal;
    const { attendance } = options.desk;
    const wake = () => this.#woken.resolve();
    this.#moved = new Set(attendance.conversationIds());
    if (this.#moved.size > 0) wake();
    this.#stops = [
      options.presence.onTyping((sign) => {
        if (!isFor(principal, sign, options.live)) return;
        this.#typing.set(`${sign.conversationId} ${sign.who.type} ${sign.who.id}`, sign);
        wake();
      }),
      attendance.onChange((conversationId) => {
        this.#moved.add(conversationId);
        wake();
      }),
      options.desk.onDraft((news) => {
        if (principal.type !== "user" || principal.user.id !== news.userId) return;
        this.#drafts.set(`${news.conversationId} ${news.kind}`, news);
        wake();
      }),
    ];
  }

  /**
   * Says that counts may have changed, or will have in `delayMs`; they are due then, once for all that was said until
   * the earliest such time.
   */
  countsChanged(delayMs = COUNTS_DELAY_MS): void {
    if (this.#areCountsDue) return;
    const { alarm, clock } = this.#options.ports;
    const at = clock.now() + delayMs;
    if (this.#countsAlarm !== null && this.#countsAlarm.at <= at) return;
    this.#countsAlarm?.cancel();
    const cancel = alarm(at, () => {
      this.#countsAlarm = null;
      this.#areCountsDue = true;
      this.#woken.resolve();
    });
    this.#countsAlarm = { at, cancel };
  }

  /** Waits for the source's next value, or for something of ours: then null, and the value comes at a later call. */
  async next(): Promise<IteratorResult<T, void> | null> {
    this.#asked ??= this.#ask();
    await this.#woken.promise;
    this.#woken = Promise.withResolvers();
    const answer = this.#answer;
    if (answer === null) return null;
    this.#answer = null;
    this.#asked = null;
    return answer();
  }

  async #ask(): Promise<void> {
    try {
      const result = await this.#source.next();
      this.#answer = () => result;
    } catch (error) {
      this.#answer = () => {
        throw error;
      };
    }
    this.#woken.resolve();
  }

  takeTyping(): readonly TypingSign[] {
    const signs = [...this.#typing.values()];
    this.#typing.clear();
    return signs;
  }

  /** Who is where now, of the conversations the caller may read; nobody is told of themselves. */
  takePeople(): readonly PeopleHere[] {
    const moved = [...this.#moved];
    this.#moved.clear();
    const principal = this.#principal;
    const { desk: { attendance }, live } = this.#options;
    return moved.flatMap((conversationId) => {
      const people = peopleSeenBy(principal, conversationId, { attendance, live });
      if (people.length > 0) this.#peopled.add(conversationId);
      else if (!this.#peopled.delete(conversationId)) return [];
      return [{ conversationId, people }];
    });
  }

  /** Of the caller's own drafts, in whatever tab. */
  takeDrafts(): readonly DraftNews[] {
    const news = [...this.#drafts.values()];
    this.#drafts.clear();
    return news;
  }

  takeCountsDue(): boolean {
    const areDue = this.#areCountsDue;
    this.#areCountsDue = false;
    return areDue;
  }

  [Symbol.dispose](): void {
    this.#countsAlarm?.cancel();
    for (const stop of this.#stops) stop();
  }
}

/** Counts follow changes by at most this. */
const COUNTS_DELAY_MS = 250;

/** Others' typing, in conversations the caller may read and that are not closed. */
function isFor(principal: Principal, sign: TypingSign, live: Pick<LiveTable, "get">): boolean {
  if (principal.type === "user" && sign.who.id === principal.user.id) return false;
  const row = live.get(sign.conversationId);
  return row !== null && can(principal, "conversation.read", { inboxId: row.inboxId });
}
