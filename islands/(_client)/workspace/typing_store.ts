/** Who is writing where, as far as the server tells; a sign counts for a few seconds unless it is repeated. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ApiTyping } from "../../../core/model/api.ts";

export type Typist = ApiTyping["who"];

/** A little more than the server counts a sign, so that a repeated one does not flicker. */
const LASTS_MS = 7_000;

export interface TypingPorts {
  /** @returns what cancels it. */
  after(ms: number, run: () => void): () => void;
}

export class TypingStore {
  readonly #ports: TypingPorts;
  readonly #typists = signal<ReadonlyMap<string, readonly Typist[]>>(new Map());
  readonly #cancels = new Map<string, () => void>();

  constructor(ports: TypingPorts) {
    this.#ports = ports;
  }

  get typists(): ReadonlySignal<ReadonlyMap<string, readonly Typist[]>> {
    return this.#typists;
  }

  take({ conversationId, who, isTyping }: ApiTyping): void {
    const key = `${conversationId} ${who.id}`;
    this.#cancels.get(key)?.();
    this.#cancels.delete(key);
    this.#set(conversationId, who, isTyping);
    if (isTyping) {
      this.#cancels.set(
        key,
        this.#ports.after(LASTS_MS, () => this.#set(conversationId, who, false)),
      );
    }
  }

  /** What the customer wrote has come: nobody types any more. */
  forget(conversationId: string): void {
    for (const who of this.#typists.peek().get(conversationId) ?? []) {
      if (who.type === "contact") this.take({ conversationId, who, isTyping: false });
    }
  }

  [Symbol.dispose](): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  #set(conversationId: string, who: Typist, isTyping: boolean): void {
    const others = (this.#typists.peek().get(conversationId) ?? []).filter(({ id }) =>
      id !== who.id
    );
    const now = isTyping ? [...others, who] : others;
    const typists = new Map(this.#typists.peek());
    if (now.length === 0) typists.delete(conversationId);
    else typists.set(conversationId, now);
    this.#typists.value = typists;
  }
}
