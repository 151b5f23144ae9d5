/** What the index should find, found by reading everything: slow, and short enough to be right. */
import type {
  ConversationFilter,
  IndexChange,
  IndexedConversation,
  IndexedMessage,
  IndexHit,
  IndexQuery,
  IndexTerm,
} from "@/core/search/index_port.ts";
import { stemsOf } from "@/core/search/stems.ts";
import { wordsOf } from "@/core/search/words.ts";

export class PlainIndex {
  readonly conversations = new Map<string, IndexedConversation>();
  readonly messages = new Map<string, IndexedMessage>();

  apply(changes: readonly IndexChange[]): void {
    for (const change of changes) {
      if (change.kind === "conversation") {
        this.conversations.set(change.conversation.id, change.conversation);
      } else if (change.kind === "message") {
        this.messages.set(change.message.id, change.message);
      } else if (change.kind === "message_gone") {
        this.messages.delete(change.messageId);
      } else if (change.kind === "conversation_gone") {
        this.conversations.delete(change.conversationId);
        for (const { id, conversationId } of [...this.messages.values()]) {
          if (conversationId === change.conversationId) this.messages.delete(id);
        }
      }
    }
  }

  /** Ids of the conversations, those whose fitting message is newest first. Times must differ. */
  find(query: IndexQuery): readonly Pick<IndexHit, "conversationId" | "messageId">[] {
    const isAboutText = query.terms.length > 0 || query.facets.length > 0;
    const newestFirst = [...this.messages.values()].sort((a, b) => b.at - a.at)
      .filter((message) => this.#fits(message, query));
    const found = new Map<string, string>();
    for (const { conversationId, id } of newestFirst) {
      if (!found.has(conversationId)) found.set(conversationId, id);
    }
    const hits = [...found].map(([conversationId, messageId]) => ({ conversationId, messageId }));
    const lastOf = (id: string) => this.conversations.get(id)?.lastMessageAt ?? 0;
    return isAboutText
      ? hits
      : hits.sort((a, b) => lastOf(b.conversationId) - lastOf(a.conversationId));
  }

  #fits(message: IndexedMessage, query: IndexQuery): boolean {
    const conversation = this.conversations.get(message.conversationId);
    return conversation !== undefined &&
      (query.inboxIds?.includes(conversation.inboxId) ?? true) &&
      query.where.every((filter) => fitsConversation(conversation, filter)) &&
      message.at >= (query.sinceAt ?? 0) && message.at < (query.beforeAt ?? Infinity) &&
      query.facets.every(({ facet, isNot }) => message.facets.includes(facet) !== isNot) &&
      query.terms.every((term) => fitsText(message, term) !== term.isNot);
  }
}

function fitsConversation(
  conversation: IndexedConversation,
  { field, values, isNot }: ConversationFilter,
): boolean {
  const own = field === "tag" ? conversation.tags : [conversation[field]];
  const isIn = own.some((value) => values.includes(value)) ||
    (own.length === 0 && values.includes(null));
  return isIn !== isNot;
}

function fitsText(message: IndexedMessage, term: IndexTerm): boolean {
  const { subject, from, to, text, files } = message;
  const places = { subject, from, to, files };
  const texts = term.place === "anywhere" ? [subject, from, to, text, files] : [places[term.place]];
  if (texts.some((one) => holdsPhrase(wordList(one), term))) return true;
  const [word = ""] = term.words;
  if (!term.withStems || term.words.length > 1 || term.place !== "anywhere") return false;
  const forms = new Set([word, ...stemsOf(word)]);
  return wordList(`${subject}\n${text}`)
    .some((one) => [one, ...stemsOf(one)].some((form) => forms.has(form)));
}

function holdsPhrase(list: readonly string[], { words, isPrefix }: IndexTerm): boolean {
  const last = words.length - 1;
  const isOpen = isPrefix && (words[last]?.length ?? 0) >= 2;
  return list.some((_, start) =>
    words.every((word, i) => {
      const there = list[start + i];
      return there !== undefined &&
        (i === last && isOpen ? there.startsWith(word) : there === word);
    })
  );
}

function wordList(text: string): readonly string[] {
  return [...wordsOf(text)].map(({ word }) => word);
}
