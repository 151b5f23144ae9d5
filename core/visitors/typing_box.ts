import type { TypingSign } from "../events/mod.ts";

/** The newest sign of typing per conversation and person, until it is taken. */
export class TypingBox {
  readonly #signs = new Map<string, TypingSign>();
  #filled = Promise.withResolvers<null>();

  constructor(signal: AbortSignal) {
    signal.addEventListener("abort", () => this.#filled.resolve(null), { once: true });
  }

  put(sign: TypingSign): void {
    this.#signs.set(`${sign.conversationId} ${sign.who.id}`, sign);
    this.#filled.resolve(null);
  }

  /** Resolves once there is something to take. */
  filled(): Promise<null> {
    return this.#filled.promise;
  }

  take(): readonly TypingSign[] {
    if (this.#signs.size === 0) return [];
    const signs = [...this.#signs.values()];
    this.#signs.clear();
    this.#filled = Promise.withResolvers();
    return signs;
  }
}
