import { keys, type Store } from "../store/mod.ts";
import type { Visitor } from "./types.ts";

/** Conversations remembered; beyond it the longest known is forgotten. */
const MAX_REMEMBERED = 20_000;

/** Who began which conversation. That never changes, so what was read once is remembered. */
export class ConversationOwners {
  readonly #store: Pick<Store, "list">;
  readonly #visitorIds = new Map<string, string>();

  constructor(store: Pick<Store, "list">) {
    this.#store = store;
  }

  async owns(visitor: Visitor, conversationId: string): Promise<boolean> {
    if (this.#visitorIds.get(conversationId) === visitor.id) return true;
    const threads = this.#store.list(keys.threadsOf(visitor.channelId, visitor.id));
    for await (const { value } of threads) {
      if (value !== conversationId) continue;
      this.#remember(conversationId, visitor.id);
      return true;
    }
    return false;
  }

  #remember(conversationId: string, visitorId: string): void {
    if (this.#visitorIds.size >= MAX_REMEMBERED) {
      const oldest = this.#visitorIds.keys().next().value;
      if (oldest !== undefined) this.#visitorIds.delete(oldest);
    }
    this.#visitorIds.set(conversationId, visitorId);
  }
}
