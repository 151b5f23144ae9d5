import type { Change } from "../model/change.ts";
import { conversationsOf } from "./history.ts";
import type { Visitor, VisitorsContext } from "./types.ts";

/** Which conversations are the visitor's, kept while a stream is open. */
export class OwnConversations {
  readonly #context: VisitorsContext;
  readonly #visitor: Visitor;
  readonly #isBeginning: () => boolean;
  readonly #ids = new Set<string>();
  readonly #contactIds = new Set<string>();

  constructor(context: VisitorsContext, visitor: Visitor, isBeginning: () => boolean) {
    this.#context = context;
    this.#visitor = visitor;
    this.#isBeginning = isBeginning;
  }

  has(conversationId: string): boolean {
    return this.#ids.has(conversationId);
  }

  async load(): Promise<void> {
    for (const { id, contactId } of await conversationsOf(this.#context.store, this.#visitor)) {
      this.#ids.add(id);
      this.#contactIds.add(contactId);
    }
  }

  /** Lists again only when a new conversation may be the visitor's: nearly all of a busy log is other people's. */
  async includes(conversationId: string, change: Change): Promise<boolean> {
    if (this.#ids.has(conversationId)) return true;
    if (change.actor.type !== "contact" || change.type !== "conversation.created") return false;
    const mayBeOurs = this.#isBeginning() || this.#contactIds.has(change.actor.id ?? "");
    if (mayBeOurs) await this.load();
    return this.#ids.has(conversationId);
  }
}
