/** The full-text index as search needs it, whatever keeps it: rebuildable from the records at any time. */

/** A conversation as the index filters by it. */
export interface IndexedConversation {
  readonly id: string;
  readonly number: number;
  readonly inboxId: string;
  readonly channelId: string;
  readonly contactId: string;
  readonly status: string;
  readonly assigneeId: string | null;
  readonly tags: readonly string[];
  readonly lastMessageAt: number;
}

/** A message as the index finds it. */
export interface IndexedMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  readonly subject: string;
  /** Names and addresses of who wrote it, and to whom. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Names of its files. */
  readonly files: string;
  /** What `has:` asks for. */
  readonly facets: readonly IndexFacet[];
}
export const INDEX_FACETS = ["file", "image", "comment", "inbound", "reply"] as const;
export type IndexFacet = typeof INDEX_FACETS[number];

/** A contact as the index finds it. */
export interface IndexedContact {
  readonly id: string;
  /** Name, addresses, numbers. */
  readonly text: string;
}

/** What is to be known after a change: the whole of it, or that it is gone. */
export type IndexChange =
  | { readonly kind: "conversation"; readonly conversation: IndexedConversation }
  | { readonly kind: "conversation_gone"; readonly conversationId: string }
  | { readonly kind: "message"; readonly message: IndexedMessage }
  | { readonly kind: "message_gone"; readonly messageId: string }
  | { readonly kind: "contact"; readonly contact: IndexedContact }
  | { readonly kind: "contact_gone"; readonly contactId: string };

/** Where a word may stand. */
export type IndexPlace = "anywhere" | "from" | "to" | "subject" | "files";

/** One thing that must be in a message, or must not. */
export interface IndexTerm {
  /** Words one behind the other, folded (`wordsOf`). At least one. */
  readonly words: readonly string[];
  readonly place: IndexPlace;
  /** Also what begins with the last word. */
  readonly isPrefix: boolean;
  /** Also other forms of a single word. */
  readonly withStems: boolean;
  readonly isNot: boolean;
}

/** All of it must be so. Empty lists of what is wanted find nothing. */
export interface IndexQuery {
  readonly terms: readonly IndexTerm[];
  readonly facets: readonly { readonly facet: IndexFacet; readonly isNot: boolean }[];
  /** Absent: all. */
  readonly inboxIds?: readonly string[];
  readonly where: readonly ConversationFilter[];
  /** When the message came, epoch ms: from, and before. */
  readonly sinceAt: number | null;
  readonly beforeAt: number | null;
}

/** One of `values`, or none of them; null: without one. */
export interface ConversationFilter {
  readonly field:
    | "status"
    | "channelId"
    | "inboxId"
    | "assigneeId"
    | "contactId"
    | "tag"
    | "number";
  readonly values: readonly (string | number | null)[];
  readonly isNot: boolean;
}

/** A conversation that was found, by its latest message that fits. */
export interface IndexHit {
  readonly conversationId: string;
  readonly messageId: string;
  readonly seq: number;
  readonly at: number;
}

/** Full-text search over messages. What is put again replaces what was there. */
export interface SearchIndex {
  /** How far it is, in the indexer's words; null when it knows nothing yet. */
  place(): Promise<string | null>;
  /** All of it or none, and with it the new place (absent: as it was). */
  apply(changes: readonly IndexChange[], place?: string): Promise<void>;
  /** Forgets everything. */
  clear(): Promise<void>;
  /**
   * Conversations by their latest message that fits, the newest first, each once; by their latest message where nothing is
   * asked of messages.
   * @throws the signal's reason once it is aborted
   */
  find(query: IndexQuery, options: FindOptions): Promise<readonly IndexHit[]>;
  /** How many conversations it knows. */
  count(): Promise<number>;
  /** Ids of contacts that hold all words or what begins with them, those that changed last first. */
  findContacts(words: readonly string[], limit: number): Promise<readonly string[]>;
  [Symbol.dispose](): void;
}

/** Which of the hits: `skip` are left out at the beginning. */
export interface FindOptions {
  readonly skip: number;
  readonly limit: number;
  readonly signal?: AbortSignal;
}
