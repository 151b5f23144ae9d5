/**
 * Who is typing where. In memory only: never stored, never in the log, gone with the process. A sign
 * of typing counts for {@link TYPING_MS}; whoever types repeats it, so that a lost "stopped" heals.
 */
import type { Clock, Ports } from "../ports.ts";

/** How long one sign of typing counts, in ms. */
export const TYPING_MS = 6_000;
/** Signs are repeated to listeners at most this often, in ms. */
const REPEAT_MS = 2_000;
/** A client that never stops typing in ever new conversations must not fill the memory. */
const MAX_TYPISTS = 20_000;

/** Somebody who types. */
export interface Typist {
  readonly type: "user" | "contact";
  /** The user's id, or the visitor's. */
  readonly id: string;
  readonly name: string;
}
/** That somebody began or stopped typing in a conversation. */
export interface TypingSign {
  readonly conversationId: string;
  readonly who: Typist;
  readonly isTyping: boolean;
}

/** Typing, both ways, for agents' and visitors' streams. */
export interface Presence {
  /** Somebody types, or stopped. Listeners hear of changes, and of going on every 2 s. */
  setTyping(sign: TypingSign): void;
  /** Who types in a conversation now. */
  typists(conversationId: string): readonly Typist[];
  /** Calls `listener` on each sign; returns a function that ends it. */
  onTyping(listener: (sign: TypingSign) => void): () => void;
  /** Drops the timer. */
  stop(): void;
}

interface Entry {
  readonly sign: TypingSign;
  readonly expiresAt: number;
  readonly toldAt: number;
}

/** Presence in this process's memory. */
export function createPresence(
  { clock, alarm }: { readonly clock: Clock; readonly alarm: Ports["alarm"] },
): Presence {
  // In order of the last sign, so the first entry is the first to expire.
  const entries = new Map<string, Entry>();
  const listeners = new Set<(sign: TypingSign) => void>();
  let cancelAlarm: (() => void) | null = null;

  function tell(sign: TypingSign): void {
    for (const listener of listeners) listener(sign);
  }

  function expire(): void {
    cancelAlarm = null;
    const now = clock.now();
    for (const [key, entry] of entries) {
      if (entry.expiresAt > now) break;
      entries.delete(key);
      tell({ ...entry.sign, isTyping: false });
    }
    scheduleExpiry();
  }

  function scheduleExpiry(): void {
    if (cancelAlarm) return;
    const first = entries.values().next().value;
    if (first) cancelAlarm = alarm(first.expiresAt, expire);
  }

  return {
    setTyping(sign) {
      const key = `${sign.conversationId} ${sign.who.type} ${sign.who.id}`;
      const now = clock.now();
      const known = entries.get(key);
      entries.delete(key);
      if (!sign.isTyping) {
        if (known) tell(sign);
        return;
      }
      if (entries.size >= MAX_TYPISTS) return;
      const isNews = !known || now - known.toldAt >= REPEAT_MS;
      entries.set(key, {
        sign,
        expiresAt: now + TYPING_MS,
        toldAt: isNews ? now : known.toldAt,
      });
      if (isNews) tell(sign);
      scheduleExpiry();
    },
    typists(conversationId) {
      const now = clock.now();
      return [...entries.values()]
        .filter((entry) => entry.sign.conversationId === conversationId && entry.expiresAt > now)
        .map((entry) => entry.sign.who);
    },
    onTyping(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      cancelAlarm?.();
      cancelAlarm = null;
      entries.clear();
    },
  };
}
