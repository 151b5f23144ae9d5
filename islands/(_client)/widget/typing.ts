/** Typing, both ways. */
import type { VisitorStreamData } from "@/core/model/visitor_api.ts";
import type { VisitorApi } from "./api.ts";
import type { Device } from "./device.ts";
import type { Store } from "./store.ts";

/** A sign of typing counts for 6 s on the server: it is repeated well before. */
const REPEAT_MS = 3_000;
/** The server says when somebody stopped; should that be lost, this ends it. */
const SHOWN_MS = 7_000;

export interface TypingOptions {
  readonly api: Pick<VisitorApi, "typing">;
  readonly store: Store;
  readonly device: Pick<Device, "now" | "wait">;
}

export class Typing {
  readonly #options: TypingOptions;
  readonly #ends = new Map<string, AbortController>();
  #toldAt: number | null = null;

  constructor(options: TypingOptions) {
    this.#options = options;
  }

  /** The visitor's text changed. */
  tell(hasText: boolean): void {
    const { api, device, store } = this.#options;
    const { thread } = store.state;
    if (thread === null || thread.startsWith("new:")) return;
    if (!hasText) {
      if (this.#toldAt !== null) void api.typing(thread, false);
      this.#toldAt = null;
    } else if (this.#toldAt === null || device.now() - this.#toldAt >= REPEAT_MS) {
      this.#toldAt = device.now();
      void api.typing(thread, true);
    }
  }

  /** The visitor sent what was typed: the server knows. */
  sent(): void {
    this.#toldAt = null;
  }

  /** Somebody of the team types, or stopped. */
  show({ conversationId, author, isTyping }: VisitorStreamData["typing"]): void {
    const { store, device } = this.#options;
    this.#ends.get(conversationId)?.abort();
    this.#ends.delete(conversationId);
    const { [conversationId]: _, ...others } = store.state.typing;
    store.set({ typing: isTyping ? { ...others, [conversationId]: author } : others });
    if (!isTyping) return;
    const end = new AbortController();
    this.#ends.set(conversationId, end);
    void device.wait(SHOWN_MS, end.signal).then(() => {
      if (!end.signal.aborted) this.show({ conversationId, author, isTyping: false });
    });
  }
}
