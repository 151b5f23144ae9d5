/** Sends what the visitor wrote, in order, through whatever happens to the connection. */
import type { ApiError, VisitorApi } from "./api.ts";
import type { Device } from "./device.ts";
import type { Kept } from "./kept.ts";
import { dropOutgoing, keepOutgoing } from "./outbox.ts";
import { retryDelay } from "./retry_delay.ts";
import type { Session } from "./session.ts";
import {
  beginThread,
  nextOutgoing,
  type Outgoing,
  takeConversation,
  takeMessage,
} from "./state.ts";
import type { Store } from "./store.ts";

export interface SenderOptions {
  readonly api: Pick<VisitorApi, "start" | "post">;
  readonly kept: Kept;
  readonly store: Store;
  readonly session: Pick<Session, "ensure" | "isKept">;
  readonly device: Pick<Device, "now" | "random" | "wait">;
  /** The server no longer knows the session. */
  onSignedOut(): void;
  /** A conversation has begun. */
  onBegun(): void;
}

export class Sender {
  readonly #options: SenderOptions;
  #isFlushing = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  enqueue(message: Pick<Outgoing, "id" | "thread" | "text" | "files">): void {
    const { device, kept, store } = this.#options;
    const outgoing: Outgoing = { ...message, state: "waiting", reason: "", at: device.now() };
    keepOutgoing(kept, outgoing);
    store.set({ outgoing: [...store.state.outgoing, outgoing] });
    void this.flush();
  }

  retry(id: string): void {
    this.#change(id, { state: "waiting", reason: "" });
    void this.flush();
  }

  discard(id: string): void {
    const { kept, store } = this.#options;
    dropOutgoing(kept, id);
    store.set({ outgoing: store.state.outgoing.filter((one) => one.id !== id) });
  }

  /** Sends all that waits, one after the other: their order is the visitor's. */
  async flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    const { store, session } = this.#options;
    try {
      let failures = 0;
      for (let next = nextOutgoing(store.state); next; next = nextOutgoing(store.state)) {
        const error = await session.ensure() ?? await this.#send(next);
        failures = error === null ? 0 : failures + 1;
        if (error !== null && !await this.#mend(next, error, failures)) return;
      }
    } finally {
      this.#isFlushing = false;
    }
  }

  async #send({ id, thread, text, files }: Outgoing): Promise<ApiError | null> {
    const { api, kept, store, onBegun } = this.#options;
    const message = { id, text, attachmentIds: files.map((file) => file.id) };
    if (!thread.startsWith("new:")) {
      const answer = await api.post(thread, message);
      if (!answer.ok) return answer.error;
      dropOutgoing(kept, id);
      store.set({ ...takeMessage(store.state, answer.value), isOnline: true });
      return null;
    }
    const answer = await api.start(message);
    if (!answer.ok) return answer.error;
    const { message: stored, ...conversation } = answer.value;
    dropOutgoing(kept, id);
    const begun = beginThread(store.state, thread, conversation.id);
    store.set({ ...takeMessage(takeConversation(begun, conversation), stored), isOnline: true });
    for (const waiting of store.state.outgoing) keepOutgoing(kept, waiting);
    if (store.state.thread === conversation.id) kept.set("thread", conversation.id);
    onBegun();
    return null;
  }

  /** @returns whether to go on sending. */
  async #mend(message: Outgoing, error: ApiError, failures: number): Promise<boolean> {
    const { device, store, session, onSignedOut } = this.#options;
    switch (error.code) {
      case "unreachable":
        store.set({ isOnline: false });
        await device.wait(retryDelay(failures, device.random()));
        return true;
      case "busy":
        await device.wait(error.retryAfterMs);
        return true;
      case "signed_out":
        if (!session.isKept) {
          // Not even a new session: the site must say who the visitor is.
          store.set({ problem: "identity_required" });
          return false;
        }
        onSignedOut();
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
    const { kept, store } = this.#options;
    const outgoing = store.state.outgoing.map((one) => one.id === id ? { ...one, ...change } : one);
    const changed = outgoing.find((one) => one.id === id);
    if (changed) keepOutgoing(kept, changed);
    store.set({ outgoing });
  }
}
