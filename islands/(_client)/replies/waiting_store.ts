/** What waits for a connection, as the workspace shows it. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ApiMessage } from "@/core/model/api.ts";
import type { Result } from "@/core/result.ts";
import type { ApiFailure } from "../workspace/api.ts";
import { flushReplies } from "./flush_replies.ts";
import type { ReplyBox, WaitingReply } from "./waiting_reply.ts";

export interface WaitingStoreOptions {
  readonly box: ReplyBox;
  readonly userId: string;
  send(reply: WaitingReply): Promise<Result<ApiMessage, ApiFailure>>;
  /** Runs while no other page of this browser and no service worker does the same. */
  exclusively(run: () => Promise<void>): Promise<void>;
  onSent(message: ApiMessage): void;
  /** It was not taken: its words go back to where they were written. */
  onReturned(reply: WaitingReply, failure: ApiFailure): void;
}

export class WaitingStore {
  readonly #options: WaitingStoreOptions;
  readonly #replies = signal<readonly WaitingReply[]>([]);
  #flushing: Promise<void> | null = null;

  /** This user's, oldest first. */
  readonly replies: ReadonlySignal<readonly WaitingReply[]> = this.#replies;

  constructor(options: WaitingStoreOptions) {
    this.#options = options;
  }

  /** Subscribes the caller, when that is a component or a computed signal. */
  of(conversationId: string): readonly WaitingReply[] {
    return this.#replies.value.filter((reply) => reply.conversationId === conversationId);
  }

  /** Reads what waits, from before this page too. */
  async refresh(): Promise<void> {
    const { box, userId } = this.#options;
    this.#replies.value = (await box.all()).filter((reply) => reply.userId === userId);
  }

  /** @returns false when the browser has no room for it. */
  async keep(reply: Omit<WaitingReply, "userId">): Promise<boolean> {
    const { box, userId } = this.#options;
    try {
      await box.put({ ...reply, userId });
    } catch {
      // QuotaExceededError, or a file that cannot be kept: the words go back to the composer.
      return false;
    }
    await this.refresh();
    return true;
  }

  /** Takes one out, unless it is on its way or gone. */
  async takeBack(id: string): Promise<WaitingReply | null> {
    let taken: WaitingReply | null = null;
    await this.#options.exclusively(async () => {
      taken = (await this.#options.box.all()).find((reply) => reply.id === id) ?? null;
      if (taken !== null) await this.#options.box.remove(id);
    });
    await this.refresh();
    return taken;
  }

  /** Tries to send all of it. Calls while it does so wait for the same. */
  flush(): Promise<void> {
    return this.#flushing ??= this.#flush().finally(() => this.#flushing = null);
  }

  async #flush(): Promise<void> {
    const { box, userId, exclusively, send, onSent, onReturned } = this.#options;
    await this.refresh();
    if (this.#replies.peek().length === 0) return;
    await exclusively(() => flushReplies({ box, userId, send, onSent, onReturned }));
    await this.refresh();
  }
}
