import type { Inbox } from "../model/inbox.ts";
import { keys, type Reader } from "../store/mod.ts";

/**
 * All inboxes, in memory: every request asks for its caller's memberships. Whoever changes an inbox calls
 * {@link InboxCache.forget} after the commit; changes by other processes come through the change log.
 */
export class InboxCache {
  readonly #reader: Reader;
  #cached: Promise<readonly Inbox[]> | null = null;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Every inbox, oldest first. */
  all(): Promise<readonly Inbox[]> {
    if (this.#cached) return this.#cached;
    const reading = this.#read();
    this.#cached = reading;
    // A failed read must not be kept. Whoever awaits it gets the error.
    reading.catch(() => {
      if (this.#cached === reading) this.#cached = null;
    });
    return reading;
  }

  /** Ids of the inboxes a user is a member of. */
  async idsOf(userId: string): Promise<ReadonlySet<string>> {
    const inboxes = await this.all();
    return new Set(inboxes.filter((one) => one.memberIds.includes(userId)).map(({ id }) => id));
  }

  /** Makes the next question read the store; a read under way is not kept. */
  forget(): void {
    this.#cached = null;
  }

  async #read(): Promise<readonly Inbox[]> {
    const inboxes: Inbox[] = [];
    for await (const { value } of this.#reader.list(keys.inboxes())) inboxes.push(value);
    return inboxes.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }
}
