import type { Change } from "../model/change.ts";
import { conversationsOf } from "./history.ts";
import type { Visitor, VisitorsContext } from "./types.ts";

/** Which conversations are a visitor's, kept while a stream of theirs is open. */
export class OwnConversations {
  readonly #context: Pick<VisitorsContext, "store">;
  readonly #visitor: Visitor;
  readonly #ids = new Set<string>();
  readonly #contactIds = new Set<string>();
  readonly #isBeginning: () => boolean;
  #isStale = false;

  /** @param isBeginning whether the visitor is beginning a conversation at this moment. */
  constructor(
    context: Pick<VisitorsContext, "store">,
    visitor: Visitor,
    isBeginning: () => boolean,
  ) {
    this.#context = context;
    this.#visitor = visitor;
    this.#isBeginning = isBeginning;
  }

  has(conversationId: string): boolean {
    return this.#ids.has(conversationId);
  }

  /** The visitor has begun a conversation: the list is read again when its entry comes. */
  expectNew(): void {
    this.#isStale = true;
  }

  async load(): Promise<void> {
    this.#isStale = false;
    for (const { id, contactId } of await conversationsOf(this.#context.store, this.#visitor)) {
      this.#ids.add(id);
      this.#contactIds.add(contactId);
    }
  }

  /** Lists again only when a new conversation may be the visitor's: nearly all of a busy log is other people's. */
  async includes(
    conversationId: string,
    { type, actor, contactId, changed }: Change,
  ): Promise<boolean> {
    if (this.#ids.has(conversationId)) {
      // What it is part of now is the visitor's too.
      if (changed?.includes("mergedIntoId")) await this.load();
      return true;
    }
    const beganId = contactId ?? (actor.type === "contact" ? actor.id : null);
    if (type !== "conversation.created" || beganId === null) return false;
    // By the contact it is known when another process took the message, or an agent split it off.
    const mayBeOurs = this.#isStale || this.#isBeginning() || this.#contactIds.has(beganId);
    if (mayBeOurs) await this.load();
    return this.#ids.has(conversationId);
  }
}
