import { can, type Principal } from "../access/mod.ts";
import type { LiveTable, Presence, TypingSign } from "../events/mod.ts";
import type { Ports } from "../ports.ts";

export interface SideEventsOptions {
  readonly live: Pick<LiveTable, "get">;
  readonly presence: Pick<Presence, "onTyping">;
  readonly ports: Pick<Ports, "alarm" | "clock">;
}

/**
 * Joins the entries of the log with what a stream tells besides them, and never twice: who types, and that counts
 * have changed. It keeps the latest sign of each typist only, so a client that does not read costs no memory.
 */
export class SideEvents<T> implements Disposable {
  readonly #options: SideEventsOptions;
  readonly #source: AsyncIterator<T, void>;
  readonly #typing = new Map<string, TypingSign>();
  readonly #stopTyping: () => void;
  #cancelCounts: (() => void) | null = null;
  #areCountsDue = false;
  #woken = Promise.withResolvers<void>();
  #asked: Promise<void> | null = null;
  /** What the source answered, or throws what it threw. */
  #answer: (() => IteratorResult<T, void>) | null = null;

  constructor(source: AsyncIterator<T, void>, principal: Principal, options: SideEventsOptions) {
    this.#source = source;
    this.#options = options;
    this.#stopTyping = options.presence.onTyping((sign) => {
      if (!isFor(principal, sign, options.live)) return;
      this.#typing.set(`${sign.conversationId} ${sign.who.type} ${sign.who.id}`, sign);
      this.#woken.resolve();
    });
  }

  /** Says that counts may have changed; they are due a moment later, once for all changes until then. */
  countsChanged(): void {
    if (this.#cancelCounts || this.#areCountsDue) return;
    const { alarm, clock } = this.#options.ports;
    this.#cancelCounts = alarm(clock.now() + COUNTS_DELAY_MS, () => {
      this.#cancelCounts = null;
      this.#areCountsDue = true;
      this.#woken.resolve();
    });
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

  takeCountsDue(): boolean {
    const areDue = this.#areCountsDue;
    this.#areCountsDue = false;
    return areDue;
  }

  [Symbol.dispose](): void {
    this.#cancelCounts?.();
    this.#stopTyping();
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
