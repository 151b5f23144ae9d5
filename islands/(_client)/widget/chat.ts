/** The widget's one moving part: what the visitor does and what the stream tells become state; effects live here. */
import type { VisitorConfigJson, VisitorStreamData } from "@/core/model/visitor_api.ts";
import type { ToPage } from "./bridge.ts";
import type { ApiError, VisitorApi } from "./api.ts";
import type { Kept } from "./kept.ts";
import { dropOutgoing, keepOutgoing, readOutgoing } from "./outbox.ts";
import { retryDelay } from "./retry_delay.ts";
import type { StreamEvent } from "./sse_parser.ts";
import { keepStream } from "./stream.ts";
import {
  beginThread,
  EMPTY,
  markSeen,
  nextOutgoing,
  type Outgoing,
  type State,
  takeConversation,
  takeMessage,
  unreadCount,
  type Upload,
  withMessages,
  withoutSession,
} from "./state.ts";
import type { Tabs } from "./tabs.ts";
import { subjectOf } from "./token_subject.ts";

/** A sign of typing counts for 6 s on the server. */
const TYPING_REPEAT_MS = 3_000;
const TYPING_SHOWN_MS = 7_000;

/** What the widget needs of the browser. */
export interface Device {
  now(): number;
  random(): number;
  newId(): string;
  /** Resolves after `ms`, when the network comes back, or when `signal` aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Whether the visitor can see this page now. */
  isVisible(): boolean;
  readonly locale: string;
}

export interface ChatOptions {
  readonly api: VisitorApi;
  readonly kept: Kept;
  readonly tabs: Tabs;
  readonly device: Device;
  readonly config: VisitorConfigJson;
  tellPage(message: ToPage): void;
}

export class Chat {
  readonly #options: ChatOptions;
  readonly #listeners = new Set<() => void>();
  readonly #uploads = new Map<string, { readonly file: File; readonly control: AbortController }>();
  readonly #typingEnds = new Map<string, AbortController>();
  #state: State;
  #stream: AbortController | null = null;
  #cursor: string | null = null;
  #isFlushing = false;
  #page: string | undefined;
  #identityToken: string | undefined;
  #session: Promise<ApiError | null> | null = null;
  #typedAt = -Infinity;
  #unreadTold = 0;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.#state = { ...EMPTY, config: options.config };
    options.tabs.onMessage((message) => {
      if (message.type === "event") this.#take(message.event);
      else if (message.type === "connection") this.#set({ isOnline: message.isOnline });
      else void this.#adoptSession();
    });
  }

  get state(): State {
    return this.#state;
  }

  /** Calls `listener` after each change. */
  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Takes up what the device keeps of an earlier visit. */
  async start(): Promise<void> {
    const { kept, config } = this.#options;
    this.#set({ outgoing: readOutgoing(kept), thread: kept.get("thread") });
    await this.#adoptSession();
    if (config.identityRequired && kept.get("token") === null) {
      this.#set({ problem: "identity_required" });
    }
    void this.#flush();
  }

  /** @param page address of the site's page. */
  onPage(page: string): void {
    this.#page = page;
  }

  setOpen(isOpen: boolean): void {
    this.#set({ isOpen });
    if (isOpen) void this.#showThread();
  }

  /** The visitor came back to the page. */
  onVisible(): void {
    this.#acknowledge();
    void this.#flush();
  }

  /** @param thread a conversation, `null` for the start page, "new" for a new conversation. */
  async show(thread: string | null): Promise<void> {
    const { kept, device } = this.#options;
    const next = thread === "new" ? `new:${device.newId()}` : thread;
    this.#set({ thread: next });
    if (next === null) kept.remove("thread");
    else if (!next.startsWith("new:")) kept.set("thread", next);
    await this.#showThread();
  }

  /** Asks for what was written before what is shown. */
  async showEarlier(): Promise<void> {
    const { thread: id } = this.#state;
    const thread = id === null ? undefined : this.#state.threads[id];
    if (id === null || thread === undefined || thread.before === null) return;
    const answer = await this.#options.api.messages(id, { before: thread.before });
    if (!answer.ok) return;
    const { items, next } = answer.value;
    const now = this.#state.threads[id] ?? thread;
    this.#set({
      threads: {
        ...this.#state.threads,
        [id]: { ...withMessages(now, items), before: next },
      },
    });
  }

  send(text: string): void {
    const id = this.#options.device.newId();
    this.#enqueue({ id, thread: this.#threadFor(id), text, files: [] });
    this.#typedAt = -Infinity;
  }

  retry(id: string): void {
    this.#change(id, { state: "waiting", reason: "" });
    void this.#flush();
  }

  discard(id: string): void {
    dropOutgoing(this.#options.kept, id);
    this.#set({ outgoing: this.#state.outgoing.filter((one) => one.id !== id) });
  }

  /** Each file becomes a message of its own, once it is on the server. */
  attach(files: readonly File[]): void {
    const { config, device } = this.#options;
    for (const file of files) {
      const key = device.newId();
      const isTooLarge = file.size > config.limits.maxFileBytes;
      const upload: Upload = {
        key,
        thread: this.#threadFor(key),
        name: file.name,
        size: file.size,
        sent: 0,
        state: isTooLarge ? "failed" : "sending",
        problem: isTooLarge ? "too_large" : null,
      };
      this.#set({ uploads: [...this.#state.uploads, upload] });
      if (!isTooLarge) void this.#upload(key, file);
    }
  }

  retryUpload(key: string): void {
    const file = this.#uploads.get(key)?.file;
    if (file !== undefined) void this.#upload(key, file);
  }

  cancelUpload(key: string): void {
    this.#uploads.get(key)?.control.abort();
    this.#uploads.delete(key);
    this.#set({ uploads: this.#state.uploads.filter((one) => one.key !== key) });
  }

  /** The visitor types: told to the team, at most every 3 s. */
  typed(hasText: boolean): void {
    const { api, device } = this.#options;
    const { thread } = this.#state;
    if (thread === null || thread.startsWith("new:")) return;
    if (!hasText) {
      if (this.#typedAt > -Infinity) void api.typing(thread, false);
      this.#typedAt = -Infinity;
    } else if (device.now() - this.#typedAt >= TYPING_REPEAT_MS) {
      this.#typedAt = device.now();
      void api.typing(thread, true);
    }
  }

  /** The site's server vouches for the visitor. Somebody else's conversations leave the device. */
  async identify(token: string): Promise<void> {
    const { kept } = this.#options;
    const subject = subjectOf(token);
    const isSame = subject !== null && kept.get("subject") === subject &&
      kept.get("token") !== null;
    if (isSame) return;
    if (kept.get("subject") !== null || kept.get("token") !== null) await this.#forget();
    this.#identityToken = token;
    const problem = await this.#ensureSession();
    if (problem !== null) {
      this.#set({ problem: problem.code === "signed_out" ? "identity_required" : null });
      return this.#options.tellPage({ type: "event", name: "error" });
    }
    if (subject !== null) kept.set("subject", subject);
    this.#set({ problem: null });
    this.#options.tellPage({ type: "event", name: "identified" });
    await this.#load();
    void this.#flush();
  }

  /** Forgets the visitor on this device. */
  async reset(): Promise<void> {
    const { api, kept, config } = this.#options;
    const hadSession = kept.get("token") !== null;
    if (hadSession) void api.endSession();
    await this.#forget();
    if (config.identityRequired) this.#set({ problem: "identity_required" });
  }

  #forget(): Promise<void> {
    const { kept, tabs, tellPage } = this.#options;
    for (const name of kept.names("")) kept.remove(name);
    for (const { control } of this.#uploads.values()) control.abort();
    this.#uploads.clear();
    this.#identityToken = undefined;
    tabs.tell({ type: "session" });
    tellPage({ type: "session", isKept: false });
    return this.#adoptSession();
  }

  /** Starts over with the session the device keeps, if there is one. */
  async #adoptSession(): Promise<void> {
    const { api, kept } = this.#options;
    const token = kept.get("token");
    this.#stream?.abort();
    this.#stream = null;
    this.#cursor = null;
    this.#session = null;
    api.token = token;
    const { isOpen, config } = this.#state;
    const outgoing = readOutgoing(kept);
    this.#set({ ...EMPTY, config, isOpen, outgoing, thread: kept.get("thread") });
    if (token !== null) await this.#load();
  }

  /** Begins a session unless there is one. Asked for again while it is being made, it is made once. */
  #ensureSession(): Promise<ApiError | null> {
    if (this.#options.kept.get("token") !== null) return Promise.resolve(null);
    return this.#session ??= this.#createSession().finally(() => this.#session = null);
  }

  async #createSession(): Promise<ApiError | null> {
    const { api, kept, device } = this.#options;
    api.token = null;
    const answer = await api.createSession({
      ...this.#identityToken !== undefined && { identity: { token: this.#identityToken } },
      ...this.#page !== undefined && { page: this.#page },
      locale: device.locale,
    });
    if (!answer.ok) return answer.error;
    kept.set("token", answer.value.token);
    api.token = answer.value.token;
    this.#openStream();
    return null;
  }

  /** The server no longer knows the session. Words not sent are kept and sent as somebody new. */
  #dropSession(): void {
    const { api, kept } = this.#options;
    kept.remove("token");
    kept.remove("subject");
    kept.remove("thread");
    api.token = null;
    this.#stream?.abort();
    this.#stream = null;
    this.#cursor = null;
    this.#state = withoutSession(this.#state);
    for (const name of kept.names("out.")) kept.remove(name);
    for (const message of this.#state.outgoing) keepOutgoing(kept, message);
    this.#set({});
  }

  /** Fetches what there is. The stream is opened first, so that nothing falls between the two. */
  async #load(): Promise<boolean> {
    const { api } = this.#options;
    this.#openStream();
    const answer = await api.conversations();
    if (!answer.ok) {
      if (answer.error.code === "signed_out") this.#dropSession();
      return answer.error.code !== "unreachable";
    }
    let state = this.#state;
    for (const conversation of answer.value.items) state = takeConversation(state, conversation);
    const { thread } = state;
    const isGone = thread !== null && !thread.startsWith("new:") &&
      !answer.value.items.some(({ id }) => id === thread);
    this.#set({ ...state, ...isGone && { thread: null } });
    this.#options.tellPage({ type: "session", isKept: state.conversations.length > 0 });
    await this.#showThread();
    return true;
  }

  /** Fetches the shown thread's newest messages. */
  async #showThread(): Promise<void> {
    const { thread: id } = this.#state;
    if (id === null || id.startsWith("new:")) return;
    const answer = await this.#options.api.messages(id);
    if (!answer.ok) return;
    const { items, next } = answer.value;
    const known = this.#state.threads[id];
    const joins = known?.messages.some(({ id }) => items.some((item) => item.id === id)) ?? false;
    // A gap between what is known and what came: what is known is old, and can be asked for again.
    const thread = known && (joins || items.length === 0)
      ? withMessages(known, items)
      : { ...withMessages({ messages: [], before: null }, items), before: next };
    this.#set({ threads: { ...this.#state.threads, [id]: thread } });
    this.#acknowledge();
  }

  #openStream(): void {
    if (this.#stream !== null) return;
    const { api, tabs, device } = this.#options;
    const control = new AbortController();
    const { signal } = control;
    this.#stream = control;
    void tabs.lead(() =>
      keepStream({
        open: (cursor, either) => api.openStream(cursor, either),
        onEvent: (event) => {
          this.#take(event, true);
          tabs.tell({ type: "event", event });
        },
        onSignedOut: () => this.#dropSession(),
        poll: () => this.#load(),
        onConnection: (isOnline) => {
          this.#set({ isOnline });
          tabs.tell({ type: "connection", isOnline });
          if (isOnline) void this.#flush();
        },
        signal,
        cursor: this.#cursor,
        wait: (ms, either) => device.wait(ms, either),
        random: () => device.random(),
        now: () => device.now(),
      }), signal);
  }

  /** @param isOurs this tab has the stream, and answers for all. */
  #take(event: StreamEvent, isOurs = false): void {
    // Our own server's stream: names and shapes are those of the schema.
    const data: unknown = JSON.parse(event.data);
    if (event.id !== null) this.#cursor = event.id;
    switch (event.name as keyof VisitorStreamData) {
      case "hello":
        this.#cursor ??= (data as VisitorStreamData["hello"]).cursor;
        return;
      case "reset":
        return void this.#load();
      case "typing":
        return this.#showTyping(data as VisitorStreamData["typing"]);
      case "message.created":
      case "message.updated":
        return this.#takeMessage((data as VisitorStreamData["message.created"]).message, isOurs);
      case "conversation.created":
      case "conversation.updated": {
        const { conversation } = data as VisitorStreamData["conversation.created"];
        return this.#set(takeConversation(this.#state, conversation));
      }
    }
  }

  #takeMessage(message: VisitorStreamData["message.created"]["message"], isOurs: boolean): void {
    const before = unreadCount(this.#state);
    dropOutgoing(this.#options.kept, message.id);
    this.#set(takeMessage(this.#state, message));
    if (message.author.type === "visitor") return;
    this.#acknowledge();
    if (unreadCount(this.#state) > before) {
      this.#options.tellPage({ type: "event", name: "message" });
      if (isOurs && message.status === "sent") {
        void this.#options.api.acknowledge(message.conversationId, "delivered");
      }
    }
  }

  /** Tells the server that what is on the screen was read. */
  #acknowledge(): void {
    const { isOpen, thread, conversations } = this.#state;
    if (!isOpen || thread === null || !this.#options.device.isVisible()) return;
    const shown = conversations.find(({ id }) => id === thread);
    if (shown === undefined || shown.unread === 0) return;
    this.#set(markSeen(this.#state, thread));
    void this.#options.api.acknowledge(thread, "read");
  }

  #showTyping({ conversationId, author, isTyping }: VisitorStreamData["typing"]): void {
    this.#typingEnds.get(conversationId)?.abort();
    this.#typingEnds.delete(conversationId);
    const { [conversationId]: _, ...others } = this.#state.typing;
    this.#set({ typing: isTyping ? { ...others, [conversationId]: author } : others });
    if (!isTyping) return;
    const end = new AbortController();
    this.#typingEnds.set(conversationId, end);
    void this.#options.device.wait(TYPING_SHOWN_MS, end.signal).then(() => {
      if (!end.signal.aborted) this.#showTyping({ conversationId, author, isTyping: false });
    });
  }

  /** Where a new message goes: the shown conversation, else one that begins with it. */
  #threadFor(id: string): string {
    const { thread } = this.#state;
    const next = thread ?? `new:${id}`;
    if (next !== thread) this.#set({ thread: next });
    return next;
  }

  #enqueue(message: Pick<Outgoing, "id" | "thread" | "text" | "files">): void {
    const at = this.#options.device.now();
    const outgoing: Outgoing = { ...message, state: "waiting", reason: "", at };
    keepOutgoing(this.#options.kept, outgoing);
    this.#set({ outgoing: [...this.#state.outgoing, outgoing] });
    void this.#flush();
  }

  /** Sends what waits, one after the other: their order is the visitor's. */
  async #flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    try {
      let failures = 0;
      for (let next = nextOutgoing(this.#state); next; next = nextOutgoing(this.#state)) {
        const error = await this.#ensureSession() ?? await this.#sendOne(next);
        failures = error === null ? 0 : failures + 1;
        if (error !== null && !await this.#mend(next, error, failures)) return;
      }
    } finally {
      this.#isFlushing = false;
    }
  }

  async #sendOne({ id, thread, text, files }: Outgoing): Promise<ApiError | null> {
    const { api, kept, tellPage } = this.#options;
    const message = { id, text, attachmentIds: files.map((file) => file.id) };
    if (!thread.startsWith("new:")) {
      const answer = await api.post(thread, message);
      if (!answer.ok) return answer.error;
      dropOutgoing(kept, id);
      this.#set({ ...takeMessage(this.#state, answer.value), isOnline: true });
      return null;
    }
    const answer = await api.start(message);
    if (!answer.ok) return answer.error;
    const { message: stored, ...conversation } = answer.value;
    dropOutgoing(kept, id);
    const begun = takeConversation(beginThread(this.#state, thread, conversation.id), conversation);
    this.#set({ ...takeMessage(begun, stored), isOnline: true });
    for (const waiting of this.#state.outgoing) keepOutgoing(kept, waiting);
    if (this.#state.thread === conversation.id) kept.set("thread", conversation.id);
    tellPage({ type: "session", isKept: true });
    return null;
  }

  /** @returns whether to go on sending. */
  async #mend(message: Outgoing, error: ApiError, failures: number): Promise<boolean> {
    const { device } = this.#options;
    switch (error.code) {
      case "unreachable":
        this.#set({ isOnline: false });
        await device.wait(retryDelay(failures, device.random()));
        return true;
      case "busy":
        await device.wait(error.retryAfterMs);
        return true;
      case "signed_out":
        if (this.#options.kept.get("token") === null) {
          // Not even a new session: the site must say who the visitor is.
          this.#set({ problem: "identity_required" });
          return false;
        }
        this.#dropSession();
        return true;
      case "refused":
        // A conversation that is gone is begun anew; anything else needs the visitor.
        if (error.status === 404 && !message.thread.startsWith("new:")) {
          this.#change(message.id, { thread: `new:${message.id}` });
        } else this.#change(message.id, { state: "failed", reason: error.detail });
        return true;
    }
  }

  #change(id: string, change: Partial<Outgoing>): void {
    const outgoing = this.#state.outgoing.map((one) => one.id === id ? { ...one, ...change } : one);
    const changed = outgoing.find((one) => one.id === id);
    if (changed) keepOutgoing(this.#options.kept, changed);
    this.#set({ outgoing });
  }

  async #upload(key: string, file: File): Promise<void> {
    const control = new AbortController();
    this.#uploads.set(key, { file, control });
    this.#changeUpload(key, { state: "sending", problem: null, sent: 0 });
    const problem = await this.#ensureSession();
    const onProgress = (sent: number) =>
      this.#changeUpload(key, { sent: Math.min(sent, file.size) });
    const answer = problem === null
      ? await this.#options.api.upload(file, onProgress, control.signal)
      : { ok: false as const, error: problem };
    const upload = this.#state.uploads.find((one) => one.key === key);
    if (control.signal.aborted || upload === undefined) return;
    if (!answer.ok) {
      const isRefused = answer.error.code === "refused";
      return this.#changeUpload(key, {
        state: "failed",
        problem: isRefused ? "refused" : "unreachable",
      });
    }
    const { id, name, type, size } = answer.value;
    this.cancelUpload(key);
    this.#enqueue({ id: key, thread: upload.thread, text: "", files: [{ id, name, type, size }] });
  }

  #changeUpload(key: string, change: Partial<Upload>): void {
    const uploads = this.#state.uploads.map((one) => one.key === key ? { ...one, ...change } : one);
    this.#set({ uploads });
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    const unread = unreadCount(this.#state);
    if (unread !== this.#unreadTold) {
      this.#unreadTold = unread;
      this.#options.tellPage({ type: "unread", count: unread });
    }
    for (const listener of this.#listeners) listener();
  }
}
