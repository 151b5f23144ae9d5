import { can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import {
  type ConversationPage,
  type ConversationQuery,
  type ConversationRow,
  type Conversations,
  findMessage,
  readText,
} from "../conversations/mod.ts";
import { decodeBase64Url, encodeBase64Url } from "../encoding.ts";
import { type CoreError, invalid } from "../errors.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type PersonalList } from "../store/mod.ts";
import type { IndexHit, IndexTerm, SearchIndex } from "./index_port.ts";
import { excerptOf, type MarkedText, markText } from "./marked_text.ts";
import { parseQuery } from "./parse_query.ts";
import { HIDDEN, toIndexQuery } from "./to_index_query.ts";

/** What is looked for, as it was typed. */
export interface SearchQuery {
  readonly q: string;
  /** Whose days are meant; default UTC. */
  readonly timeZone?: string | undefined;
  /** 1–100, default 20. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** A conversation that was found, by its latest message that fits. */
export interface SearchHit {
  readonly conversation: ConversationRow;
  readonly subject: MarkedText;
  readonly message: Pick<Message, "id" | "seq" | "kind" | "author" | "createdAt">;
  readonly excerpt: MarkedText;
}

export interface SearchPage {
  /** Newest first. */
  readonly items: readonly SearchHit[];
  /** Only on the first page. */
  readonly contacts: readonly Contact[];
  /** Filters nobody understood, as they were typed: they narrow nothing. */
  readonly unclear: readonly string[];
  /** False while the index is being built: there may be more. */
  readonly isComplete: boolean;
  readonly next: string | null;
}

/** Finds conversations and contacts by words and filters. */
export interface Search {
  find(
    principal: Principal,
    query: SearchQuery,
    signal?: AbortSignal,
  ): Promise<Result<SearchPage, CoreError>>;
  /** Conversations of a list that has words to look for, the newest message that fits first. */
  list(
    principal: Principal,
    query: ConversationQuery & { readonly q: string },
    signal?: AbortSignal,
  ): Promise<Result<ConversationPage, CoreError>>;
}

const CONTACTS = 5;
/** A filter by contact names that many at most. */
const CONTACTS_OF_FILTER = 200;
/** Hits looked at for one page, when only few of them are the caller's to read, or unread. */
const MAX_LOOKED_AT = 1_000;
/** Lists of pointers, which no record shows. */
const OWN_LISTS: readonly PersonalList[] = ["mentions", "following", "sent", "scheduled", "drafts"];
/** Nobody turns as many pages. */
const MAX_SKIP = 10_000;
const MAX_TEXT = 20_000;

/** Search over an index and the records. */
export function createSearch(
  { store, adapters, ports }: CoreContext,
  { index, conversations, isComplete }: {
    /** Null where there is none: nothing is found. */
    readonly index: SearchIndex | null;
    readonly conversations: Pick<Conversations, "matcher" | "row">;
    readonly isComplete: () => boolean;
  },
): Search {
  return {
    find: (principal, query, signal) => findWhere(principal, query, () => true, signal),

    async list(principal, query, signal) {
      const { q, limit = 50, cursor, sort = "newest", view } = query;
      if (sort !== "newest") return err(invalid("sort", "goes with q only as newest"));
      if (OWN_LISTS.some((list) => list === view)) {
        return err(invalid("q", "does not go with one of your own lists"));
      }
      const matches = await conversations.matcher(principal, query);
      if (!matches.ok) return matches;
      // The words' own default leaves spam and trash out, where the list asks for them.
      const hidden = HIDDEN.find((status) => status === (query.status ?? view));
      const asked = hidden === undefined ? q : `${q} is:${hidden}`;
      const page = await findWhere(principal, { q: asked, limit, cursor }, matches.value, signal);
      return page.ok
        ? ok({ items: page.value.items.map((hit) => hit.conversation), next: page.value.next })
        : page;
    },
  };

  async function findWhere(
    principal: Principal,
    { q, timeZone = "UTC", limit = 20, cursor }: SearchQuery,
    matches: (row: Conversation) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<Result<SearchPage, CoreError>> {
    const now = ports.clock.now();
    const from = cursor === undefined ? { skip: 0, upTo: now + 1 } : decodeCursor(cursor);
    if (from === null) return err(invalid("cursor", "is not a cursor of this search"));
    if (index === null) {
      return ok({ items: [], contacts: [], unclear: [], isComplete: false, next: null });
    }
    const parsed = parseQuery(q, { now, timeZone });
    const { query, unclear, isUnread } = await toIndexQuery(
      parsed,
      await namesFor(principal, index),
    );
    const isEmpty = query.terms.length === 0 && query.facets.length === 0 &&
      parsed.filters.length === 0 && query.where.length <= 1 && parsed.sinceAt === null &&
      parsed.beforeAt === null;
    const none = { items: [], contacts: [], unclear, isComplete: isComplete(), next: null };
    if (isEmpty) return ok(none);

    const asked = {
      ...query,
      ...inboxesOf(principal),
      // What comes in meanwhile does not move the pages.
      beforeAt: Math.min(query.beforeAt ?? Infinity, from.upTo),
    };
    const items: SearchHit[] = [];
    let place = from.skip;
    let isEnd = false;
    const end = Math.min(from.skip + MAX_LOOKED_AT, MAX_SKIP);
    while (items.length < limit && !isEnd && place < end) {
      const hits = await index.find(asked, { skip: place, limit, ...signal && { signal } });
      isEnd = hits.length < limit;
      for (const hit of hits) {
        if (items.length === limit) break;
        place++;
        const shown = await show(principal, hit, query.terms, matches);
        if (shown === null) continue;
        if (isUnread === null || shown.conversation.unread === isUnread) items.push(shown);
      }
    }
    const contacts = cursor === undefined ? await contactsFor(principal, query.terms, index) : [];
    const hasMore = place < MAX_SKIP && (!isEnd || items.length === limit);
    const next = hasMore ? encodeCursor({ skip: place, upTo: from.upTo }) : null;
    return ok({ ...none, items, contacts, next });
  }

  async function show(
    principal: Principal,
    hit: IndexHit,
    terms: readonly IndexTerm[],
    matches: (row: Conversation) => boolean,
  ): Promise<SearchHit | null> {
    const [conversation, message] = await Promise.all([
      store.get(keys.conversation(hit.conversationId)),
      findMessage((key) => store.get(key), hit.messageId),
    ]);
    // The index is behind by a moment: what may be read is said by the record.
    if (conversation === null || message?.conversationId !== conversation.id) return null;
    if (!can(principal, "conversation.read", { inboxId: conversation.inboxId })) return null;
    if (!matches(conversation)) return null;
    const text = await readText(store, message, MAX_TEXT);
    const { id, seq, kind, author, createdAt } = message;
    return {
      conversation: await conversations.row(principal, conversation),
      subject: markText(conversation.subject, terms),
      message: { id, seq, kind, author, createdAt },
      excerpt: excerptOf(text, terms),
    };
  }

  async function contactsFor(
    principal: Principal,
    terms: readonly IndexTerm[],
    index: SearchIndex,
  ): Promise<readonly Contact[]> {
    if (!can(principal, "contact.read")) return [];
    const wanted = terms.filter(({ place, isNot }) => place === "anywhere" && !isNot);
    const ids = await index.findContacts(wanted.flatMap(({ words }) => words), CONTACTS);
    const found = await store.getMany(ids.map((id) => keys.contact(id)));
    return found.filter((contact) => contact !== null);
  }

  async function namesFor(principal: Principal, index: SearchIndex) {
    const values = <T>(range: Parameters<typeof store.list<T>>[0]) =>
      Array.fromAsync(store.list(range), ({ value }) => value);
    const [users, inboxes, channels] = await Promise.all([
      values(keys.users()),
      values(keys.inboxes()),
      values(keys.channels()),
    ]);
    const mayRead = (inboxId: string) => can(principal, "conversation.read", { inboxId });
    return {
      me: principal.type === "user" ? principal.user : null,
      users,
      inboxes: inboxes.filter(({ id }) => mayRead(id)),
      channels: channels.filter(({ inboxId }) => mayRead(inboxId))
        .map((channel) => ({
          ...channel,
          label: adapters.get(channel.type)?.label ?? channel.type,
        })),
      contactsOf: (words: readonly string[]) => index.findContacts(words, CONTACTS_OF_FILTER),
    };
  }
}

/** Inboxes the caller may read; nothing for all of them. */
function inboxesOf(principal: Principal): { readonly inboxIds?: readonly string[] } {
  if (principal.type === "token" || can(principal, "workspace.manage")) return {};
  return { inboxIds: [...principal.inboxIds] };
}

interface Place {
  readonly skip: number;
  /** Of messages before it, epoch ms. */
  readonly upTo: number;
}

function encodeCursor({ skip, upTo }: Place): string {
  return encodeBase64Url(new TextEncoder().encode(`${skip} ${upTo}`));
}

function decodeCursor(cursor: string): Place | null {
  const bytes = cursor.length > 100 ? null : decodeBase64Url(cursor);
  const [, skip, upTo] =
    /^(\d{1,5}) (\d{1,15})$/.exec(new TextDecoder().decode(bytes ?? undefined)) ?? [];
  return skip === undefined || upTo === undefined
    ? null
    : { skip: Number(skip), upTo: Number(upTo) };
}
