/** The threads the browser holds: the open one, and those fetched before anybody asked. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ApiContact, ApiConversation, ApiMessage } from "../../../core/model/api.ts";
import type { Result } from "../../../core/result.ts";
import type { Api } from "./api.ts";
import {
  addAnswer,
  addSending,
  createThread,
  markNew,
  prependPage,
  putMessage,
  removeMessage,
  replaceMessages,
  type ThreadState,
} from "./thread_state.ts";
import type { ThreadData } from "./workspace_data.ts";

export interface LoadedThread {
  readonly thread: ThreadState;
  readonly contact: ApiContact | null;
  readonly past: readonly ApiConversation[];
  /** How many conversations of the contact the reader may not see. */
  readonly hidden: number;
  /** "failed" and "missing" have no messages; "ready" may be re-reading in the background. */
  readonly status: "loading" | "ready" | "failed" | "missing";
  /** Events may have been lost since it was read. */
  readonly isStale: boolean;
  readonly isLoadingOlder: boolean;
}

export interface ThreadStoreOptions {
  readonly api: Pick<
    Api,
    "conversation" | "messages" | "contact" | "timeline"
  >;
  readonly me: string;
  readonly first: ThreadData | null;
  readonly onConversations: (conversations: readonly ApiConversation[]) => void;
}

/** About 50 messages each; more would only cost memory. */
const MAX_THREADS = 40;

const EMPTY: LoadedThread = {
  thread: createThread({ items: [], next: null }),
  contact: null,
  past: [],
  hidden: 0,
  status: "loading",
  isStale: false,
  isLoadingOlder: false,
};

export class ThreadStore {
  readonly #options: ThreadStoreOptions;
  readonly #threads = signal<ReadonlyMap<string, LoadedThread>>(new Map());
  readonly #loading = new Map<string, Promise<void>>();
  /** For each call under way, the messages that events told of since it began. */
  readonly #asking = new Set<Set<string>>();

  constructor(options: ThreadStoreOptions) {
    this.#options = options;
    const { first } = options;
    if (first === null) return;
    this.#set(first.conversation.id, {
      ...EMPTY,
      thread: markNew(createThread(first.messages), first.conversation.unread, options.me),
      contact: first.contact,
      past: first.past,
      hidden: first.hidden,
      status: "ready",
    });
  }

  get threads(): ReadonlySignal<ReadonlyMap<string, LoadedThread>> {
    return this.#threads;
  }

  /** Subscribes the caller, when that is a component or a computed signal. */
  get(id: string): LoadedThread | undefined {
    return this.#threads.value.get(id);
  }

  /** Reads a thread nobody holds yet, or whose copy may have holes. What is there stays on screen meanwhile. */
  load(id: string): Promise<void> {
    const known = this.#peek(id);
    if (known?.status === "ready" && !known.isStale) return Promise.resolve();
    const underWay = this.#loading.get(id);
    if (underWay !== undefined) return underWay;
    const loading = this.#read(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  /** An agent opened it: where do the new messages begin? */
  markNew(id: string, isUnread: boolean): void {
    this.#update(id, ({ thread }) => ({ thread: markNew(thread, isUnread, this.#options.me) }));
  }

  async loadOlder(id: string): Promise<void> {
    const known = this.#peek(id);
    const first = known?.thread.messages[0];
    if (known === undefined || known.isLoadingOlder || known.thread.before === null || !first) {
      return;
    }
    this.#update(id, () => ({ isLoadingOlder: true }));
    const answer = await this.#options.api.messages(id, first.seq);
    this.#update(id, ({ thread }) => ({
      isLoadingOlder: false,
      ...(answer.ok ? { thread: prependPage(thread, answer.value) } : {}),
    }));
  }

  /** The server told of a message. Threads nobody holds stay unread. */
  take(message: ApiMessage): void {
    for (const told of this.#asking) told.add(message.id);
    this.#update(message.conversationId, ({ thread }) => ({ thread: putMessage(thread, message) }));
  }

  /** Asks for a change of a message and shows the answer, unless an event told of it meanwhile, which is newer. */
  async takeUnlessTold<E>(
    ask: () => Promise<Result<ApiMessage, E>>,
  ): Promise<Result<ApiMessage, E>> {
    const told = new Set<string>();
    this.#asking.add(told);
    const answer = await ask().finally(() => this.#asking.delete(told));
    if (answer.ok && !told.has(answer.value.id)) this.take(answer.value);
    return answer;
  }

  /** The server answered a POST. */
  takeAnswer(message: ApiMessage): void {
    this.#update(message.conversationId, ({ thread }) => ({ thread: addAnswer(thread, message) }));
  }

  addSending(message: ApiMessage): void {
    this.#update(message.conversationId, ({ thread }) => ({ thread: addSending(thread, message) }));
  }

  removeMessage(conversationId: string, messageId: string): void {
    this.#update(conversationId, ({ thread }) => ({ thread: removeMessage(thread, messageId) }));
  }

  takeContact(contact: ApiContact): void {
    for (const [id, loaded] of this.#threads.peek()) {
      if (loaded.contact?.id === contact.id) this.#update(id, () => ({ contact }));
    }
  }

  remove(id: string): void {
    const threads = new Map(this.#threads.peek());
    threads.delete(id);
    this.#threads.value = threads;
  }

  /** Messages left or came in between: what is held is read anew, and nothing of it is kept. */
  async reread(id: string): Promise<void> {
    if (this.#peek(id) === undefined) return;
    const page = await this.#options.api.messages(id, null);
    this.#update(
      id,
      ({ thread }) =>
        page.ok
          ? { thread: { ...createThread(page.value), sending: thread.sending }, isStale: false }
          : { isStale: true },
    );
  }

  /** The stream had a gap: every copy may have holes. */
  markAllStale(): void {
    this.#threads.value = new Map(
      [...this.#threads.peek()].map(([id, loaded]) => [id, { ...loaded, isStale: true }]),
    );
  }

  async #read(id: string): Promise<void> {
    const { api, onConversations } = this.#options;
    if (this.#peek(id)?.status !== "ready") this.#set(id, EMPTY);
    const [conversation, page] = await Promise.all([api.conversation(id), api.messages(id, null)]);
    if (!conversation.ok || !page.ok) {
      const failure = conversation.ok ? page : conversation;
      const isMissing = !failure.ok && failure.error.code === "refused" &&
        failure.error.status === 404;
      // A stale copy is better than none.
      if (this.#peek(id)?.status === "ready" && !isMissing) return;
      this.#set(id, { ...EMPTY, status: isMissing ? "missing" : "failed" });
      return;
    }
    onConversations([conversation.value]);
    this.#update(id, ({ thread }) => ({
      thread: replaceMessages(thread, page.value),
      status: "ready",
      isStale: false,
    }));
    void this.#readContact(id, conversation.value.contactId);
  }

  /** The side panel may come a little later than the messages. */
  async #readContact(id: string, contactId: string): Promise<void> {
    const { api, onConversations } = this.#options;
    const [contact, past] = await Promise.all([
      api.contact(contactId),
      api.timeline(contactId),
    ]);
    if (past.ok) onConversations(past.value.items);
    this.#update(id, () => ({
      ...(contact.ok ? { contact: contact.value } : {}),
      ...(past.ok
        ? {
          past: past.value.items.filter((one) => one.id !== id),
          hidden: past.value.hidden,
        }
        : {}),
    }));
  }

  #peek(id: string): LoadedThread | undefined {
    return this.#threads.peek().get(id);
  }

  #update(id: string, change: (loaded: LoadedThread) => Partial<LoadedThread>): void {
    const loaded = this.#peek(id);
    if (loaded !== undefined) this.#set(id, { ...loaded, ...change(loaded) });
  }

  #set(id: string, loaded: LoadedThread): void {
    const threads = new Map(this.#threads.peek());
    // Written again, so that a Map's order is the order of use.
    threads.delete(id);
    threads.set(id, loaded);
    for (const oldest of threads.keys()) {
      if (threads.size <= MAX_THREADS) break;
      threads.delete(oldest);
    }
    this.#threads.value = threads;
  }
}
