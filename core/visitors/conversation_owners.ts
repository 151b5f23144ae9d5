import { findConversation } from "../conversations/mod.ts";
import { keys, type Store } from "../store/mod.ts";
import type { Visitor } from "./types.ts";

/** Conversations remembered; beyond it the longest known is forgotten. */
const MAX_REMEMBERED = 20_000;

/** Who began which conversation. That never changes, so what was read once is remembered. */
export class ConversationOwners {
  readonly #store: Pick<Store, "get" | "list">;
  readonly #visitorIds = new Map<string, string>();

  constructor(store: Pick<Store, "get" | "list">) {
    this.#store = store;
  }

  async owns(visitor: Visitor, conversationId: string): Promise<boolean> {
    if (this.#visitorIds.get(conversationId) === visitor.id) return true;
    const threads = this.#store.list(keys.threadsOf(visitor.channelId, visitor.id));
    const began: string[] = [];
    for await (const { value } of threads) {
      began.push(value);
      if (value !== conversationId) continue;
      this.#remember(conversationId, visitor.id);
      return true;
    }
    return await this.#isMergedFrom(conversationId, began);
  }

  /** Whether one of these is part of it: whoever began one may go on in the other. */
  async #isMergedFrom(conversationId: string, began: readonly string[]): Promise<boolean> {
    for (const id of began) {
      const now = await findConversation((key) => this.#store.get(key), id);
      if (now?.id === conversationId) return true;
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
