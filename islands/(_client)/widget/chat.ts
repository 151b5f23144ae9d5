/** The widget without its looks: what the visitor does and what the server tells become state. */
import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import type { VisitorApi } from "./api.ts";
import type { ToPage } from "./bridge.ts";
import type { Device } from "./device.ts";
import type { Kept } from "./kept.ts";
import { Live, type LiveMessage } from "./live.ts";
import { dropOutgoing, keepOutgoing, readOutgoing } from "./outbox.ts";
import { MailLink } from "./mail_link.ts";
import { Reaching, readReach } from "./reaching.ts";
import { Sender } from "./sender.ts";
import { Session } from "./session.ts";
import {
  EMPTY,
  markSeen,
  type State,
  takeConversation,
  takeMessage,
  unreadCount,
  withMessages,
  withoutSession,
} from "./state.ts";
import { Store } from "./store.ts";
import type { Tabs } from "./tabs.ts";
import { subjectOf } from "./token_subject.ts";
import { Typing } from "./typing.ts";
import { Uploads } from "./uploads.ts";

export interface ChatOptions {
  readonly api: VisitorApi;
  readonly kept: Kept;
  readonly tabs: Tabs;
  readonly device: Device;
  readonly config: VisitorConfigJson;
  tellPage(message: ToPage): void;
}

export class Chat {
  readonly sender: Sender;
  readonly uploads: Uploads;
  readonly typing: Typing;
  readonly reaching: Reaching;
  readonly link: MailLink;
  readonly #options: ChatOptions;
  readonly #store: Store;
  readonly #session: Session;
  readonly #live: Live;
  #unreadTold = 0;

  constructor(options: ChatOptions) {
    const { api, kept, tabs, device, config } = options;
    this.#options = options;
    const store = this.#store = new Store(config);
    const session = this.#session = new Session({
      api,
      kept,
      locale: device.locale,
      onBegun: (hasEmail) => {
        if (hasEmail) this.reaching.know();
        this.#live.open();
      },
    });
    this.reaching = new Reaching({ api, kept, store });
    this.link = new MailLink({
      ...{ api, store, locale: device.locale },
      adopt: (entries) => this.#forget(entries),
    });
    const typing = this.typing = new Typing({ api, store, device });
    const sender = this.sender = new Sender({
      ...{ api, kept, store, session, device },
      onSignedOut: () => this.#dropSession(),
      onBegun: () => options.tellPage({ type: "session", isKept: true }),
    });
    this.uploads = new Uploads({ api, store, session, sender });
    this.#live = new Live({
      ...{ api, tabs, device },
      onMessage: (message, isOurs) => this.#takeMessage(message, isOurs),
      onConversation: (conversation) => store.set(takeConversation(store.state, conversation)),
      onTyping: (sign) => typing.show(sign),
      onFresh: () => void this.#showThread(),
      onReset: () => void this.#load(),
      onSignedOut: () => this.#dropSession(),
      onConnection: (isOnline) => {
        store.set({ isOnline });
        if (isOnline) void sender.flush();
      },
      poll: () => this.#load(),
    });
    tabs.onMessage((message) => {
      if (message.type === "session") void this.#adoptSession();
    });
    store.subscribe(() => this.#tellUnread());
  }

  get state(): State {
    return this.#store.state;
  }

  /** Calls `listener` after each change. */
  subscribe(listener: () => void): void {
    this.#store.subscribe(listener);
  }

  /** Takes up what the device keeps of an earlier visit. */
  async start(): Promise<void> {
    await this.#adoptSession();
    void this.sender.flush();
  }

  /** @param page address of the site's page. */
  onPage(page: string): void {
    this.#session.page = page;
  }

  setOpen(isOpen: boolean): void {
    this.#store.set({ isOpen });
    if (isOpen) void this.#showThread();
  }

  /** The visitor came back to the page, or the network did. */
  onVisible(): void {
    this.#acknowledge();
    void this.sender.flush();
  }

  /** @param thread a conversation, `null` for the start page, "new" for a new conversation. */
  async show(thread: string | null): Promise<void> {
    const { kept, device } = this.#options;
    const next = thread === "new" ? `new:${device.newId()}` : thread;
    this.#store.set({ thread: next, visit: this.state.visit + 1 });
    if (next === null) kept.remove("thread");
    else if (!next.startsWith("new:")) kept.set("thread", next);
    await this.#showThread();
  }

  /** Asks for what was written before what is shown. */
  async showEarlier(): Promise<void> {
    const { thread: id } = this.state;
    const before = id === null ? null : this.state.threads[id]?.before ?? null;
    if (id === null || before === null) return;
    const answer = await this.#options.api.messages(id, { before });
    const thread = this.state.threads[id];
    if (!answer.ok || thread === undefined) return;
    const { items, next } = answer.value;
    const longer = { ...withMessages(thread, items), before: next };
    this.#store.set({ threads: { ...this.state.threads, [id]: longer } });
  }

  send(text: string): void {
    const id = this.#options.device.newId();
    this.sender.enqueue({ id, thread: this.#threadFor(id), text, files: [] });
    this.typing.sent();
  }

  attach(files: readonly File[]): void {
    for (const file of files) {
      const key = this.#options.device.newId();
      this.uploads.add(key, this.#threadFor(key), file);
    }
  }

  /** The site's server vouches for the visitor. Somebody else's conversations leave the device. */
  async identify(token: string): Promise<void> {
    const { kept, tellPage } = this.#options;
    const subject = subjectOf(token);
    const isSame = subject !== null && kept.get("subject") === subject && this.#session.isKept;
    if (isSame) return;
    if (this.#session.isKept) await this.#forget();
    this.#session.identityToken = token;
    const problem = await this.#session.ensure();
    if (problem !== null) {
      if (problem.code === "signed_out") this.#store.set({ problem: "identity_required" });
      return tellPage({ type: "event", name: "error" });
    }
    if (subject !== null) kept.set("subject", subject);
    this.#store.set({ problem: null });
    tellPage({ type: "event", name: "identified" });
    await this.#load();
    void this.sender.flush();
  }

  /** Forgets the visitor on this device. */
  async reset(): Promise<void> {
    // With the token that is about to be dropped; whether it arrives is not waited for.
    if (this.#session.isKept) void this.#options.api.endSession();
    await this.#forget();
  }

  /** @param instead what the device keeps from now on. */
  #forget(instead: Readonly<Record<string, string>> = {}): Promise<void> {
    const { kept, tabs, tellPage } = this.#options;
    this.uploads.cancelAll();
    for (const name of kept.names("")) kept.remove(name);
    for (const [name, value] of Object.entries(instead)) kept.set(name, value);
    this.#session.identityToken = undefined;
    tabs.tell({ type: "session" });
    tellPage({ type: "session", isKept: this.#session.isKept });
    return this.#adoptSession();
  }

  /** Starts over with what the device keeps. */
  async #adoptSession(): Promise<void> {
    const { kept, config } = this.#options;
    const { isOpen } = this.state;
    this.#live.close();
    this.#session.adopt();
    const isRefused = config.identityRequired && !this.#session.isKept;
    this.#store.set({
      ...EMPTY,
      config,
      isOpen,
      outgoing: readOutgoing(kept),
      thread: kept.get("thread"),
      reach: readReach(kept),
      problem: isRefused ? "identity_required" : null,
    });
    if (this.#session.isKept) await this.#load();
  }

  /** The server no longer knows the session. Words not sent are kept, and sent as somebody new. */
  #dropSession(): void {
    const { kept } = this.#options;
    this.#live.close();
    this.#session.drop();
    for (const { id } of this.state.outgoing) dropOutgoing(kept, id);
    this.#store.set(withoutSession(this.state));
    for (const message of this.state.outgoing) keepOutgoing(kept, message);
  }

  /**
   * Fetches what there is. The stream is opened first, so that nothing falls between the two.
   * @returns whether the server could be reached.
   */
  async #load(): Promise<boolean> {
    const { api, tellPage } = this.#options;
    this.#live.open();
    const answer = await api.conversations();
    if (!answer.ok) {
      if (answer.error.code === "signed_out") this.#dropSession();
      return answer.error.code !== "unreachable";
    }
    const { items } = answer.value;
    const state = items.reduce(takeConversation, this.state);
    const { thread } = state;
    const isGone = thread !== null && !thread.startsWith("new:") &&
      !items.some(({ id }) => id === thread);
    this.#store.set({ ...state, ...isGone && { thread: null } });
    tellPage({ type: "session", isKept: items.length > 0 });
    await this.#showThread();
    return true;
  }

  /** Fetches the shown thread's newest messages. */
  async #showThread(): Promise<void> {
    const { thread: id } = this.state;
    if (id === null || id.startsWith("new:")) return;
    const answer = await this.#options.api.messages(id);
    if (!answer.ok) return;
    const { items, next } = answer.value;
    const known = this.state.threads[id];
    const joins = known?.messages.some((one) => items.some((item) => item.id === one.id)) ?? false;
    // A gap between what is known and what came: what is known is old, and can be asked for again.
    const thread = known && (joins || items.length === 0)
      ? withMessages(known, items)
      : { ...withMessages({ messages: [], before: null }, items), before: next };
    this.#store.set({ threads: { ...this.state.threads, [id]: thread } });
    this.#acknowledge();
  }

  #takeMessage(message: LiveMessage, isOurs: boolean): void {
    const { api, kept, tellPage } = this.#options;
    const before = unreadCount(this.state);
    dropOutgoing(kept, message.id);
    this.#store.set(takeMessage(this.state, message));
    if (message.author.type === "visitor") return;
    this.#acknowledge();
    if (unreadCount(this.state) <= before) return;
    tellPage({ type: "event", name: "message" });
    if (isOurs && message.status === "sent") {
      void api.acknowledge(message.conversationId, "delivered");
    }
  }

  /** Tells the server that what is on the screen was read. */
  #acknowledge(): void {
    const { isOpen, thread, conversations } = this.state;
    if (!isOpen || thread === null || !this.#options.device.isVisible()) return;
    const shown = conversations.find(({ id }) => id === thread);
    if (shown === undefined || shown.unread === 0) return;
    this.#store.set(markSeen(this.state, thread));
    void this.#options.api.acknowledge(thread, "read");
  }

  /** Where a new message goes: the shown conversation, else one that begins with it. */
  #threadFor(id: string): string {
    const { thread } = this.state;
    const next = thread ?? `new:${id}`;
    if (next !== thread) this.#store.set({ thread: next });
    return next;
  }

  #tellUnread(): void {
    const count = unreadCount(this.state);
    if (count === this.#unreadTold) return;
    this.#unreadTold = count;
    this.#options.tellPage({ type: "unread", count });
  }
}
