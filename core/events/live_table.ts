/**
 * The live table: every open and snoozed conversation in memory, kept by following the log. All lists
 * and counts over what is live are computed from it, so there is no stored index to keep right.
 */
import type { Conversation } from "../model/conversation.ts";
import type { LogItem, Store } from "../store/mod.ts";
import { keys } from "../store/mod.ts";
import type { Ports } from "../ports.ts";
import { LOG_START } from "./cursor.ts";
import type { Hub } from "./hub.ts";
import { NewestFirst, type NewestPlace } from "./newest_first.ts";

/** A row that came, changed or left. */
export interface LiveChange {
  readonly id: string;
  readonly before: Conversation | null;
  readonly after: Conversation | null;
}

/** What the table is loaded from and kept up to date by. */
export interface LiveTableOptions {
  readonly store: Store;
  readonly hub: Hub;
  readonly ports: Pick<Ports, "alarm" | "clock" | "log">;
}

/** Open and snoozed conversations, in memory. */
export class LiveTable {
  readonly #options: LiveTableOptions;
  readonly #stopped = new AbortController();
  readonly #rows = new Map<string, Conversation>();
  readonly #order = new NewestFirst();
  readonly #byInbox = new Map<string, NewestFirst>();
  readonly #listeners = new Set<(changes: readonly LiveChange[]) => void>();
  readonly #ready = Promise.withResolvers<void>();
  #waiting: { readonly version: string; readonly resolve: () => void }[] = [];
  #version = "";
  #isStarted = false;
  #cancelRetry = () => {};

  constructor(options: LiveTableOptions) {
    this.#options = options;
  }

  /** Resolves when the table was loaded. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Versionstamp of the log up to which the table is right. */
  get version(): string {
    return this.#version;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Loads in the background, then follows the log. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    void this.#run();
  }

  stop(): void {
    this.#stopped.abort();
    this.#cancelRetry();
    this.#ready.resolve();
    for (const { resolve } of this.#waiting) resolve();
    this.#waiting = [];
  }

  get(id: string): Conversation | null {
    return this.#rows.get(id) ?? null;
  }

  /** All rows, in no order. */
  rows(): Iterable<Conversation> {
    return this.#rows.values();
  }

  rowsOf(inboxId: string): Iterable<Conversation> {
    return this.newest(null, inboxId);
  }

  /**
   * Rows of all inboxes or of one, those with the newest message first, after a place. To be read at once, before the
   * table changes.
   */
  newest(after: NewestPlace | null, inboxId?: string): Iterable<Conversation> {
    const order = inboxId === undefined ? this.#order : this.#byInbox.get(inboxId);
    return order?.newest(after) ?? [];
  }

  /** Resolves when the table shows this process's latest commit (or is stopped). */
  async settled(): Promise<void> {
    const version = this.#options.store.lastLogVersion;
    await this.#ready.promise;
    if (version <= this.#version || this.#stopped.signal.aborted) return;
    await new Promise<void>((resolve) => this.#waiting.push({ version, resolve }));
  }

  /** Called with the changes of each batch once the table shows them. Returns a function that ends it. */
  onChange(listener: (changes: readonly LiveChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #run(): Promise<void> {
    const { hub, ports } = this.#options;
    const { signal } = this.#stopped;
    try {
      let version = await this.#load();
      this.#ready.resolve();
      for await (const batch of hub.follow({ after: version, signal })) {
        if (batch.kind === "reset") {
          version = await this.#load();
        } else {
          await this.#update(batch.items);
        }
      }
    } catch (cause) {
      if (signal.aborted) return;
      ports.log("error", "live table failed", { error: String(cause) });
      this.#cancelRetry = ports.alarm(ports.clock.now() + RETRY_MS, () => void this.#run());
    }
  }

  /** Reads all rows. What commits meanwhile is read again from the log. */
  async #load(): Promise<string> {
    const { store } = this.#options;
    const version = await store.logHead() || LOG_START;
    const rows = new Map<string, Conversation>();
    for await (const { value } of store.list(keys.liveConversations())) rows.set(value.id, value);
    const changes: LiveChange[] = [];
    for (const id of this.#rows.keys()) if (!rows.has(id)) this.#put(id, null, changes);
    for (const [id, row] of rows) this.#put(id, row, changes);
    this.#sortAll();
    this.#advance(version, changes);
    return version;
  }

  async #update(items: readonly LogItem[]): Promise<void> {
    const ids = new Set<string>();
    for (const { entry } of items) {
      for (const { conversationId, type } of entry.changes) {
        if (conversationId !== undefined && type !== "conversation.read") ids.add(conversationId);
      }
    }
    const list = [...ids];
    const rows = await this.#options.store.getMany(list.map((id) => keys.liveConversation(id)));
    const changes: LiveChange[] = [];
    for (const [i, id] of list.entries()) {
      const before = this.#rows.get(id);
      const after = rows[i] ?? null;
      this.#put(id, after, changes);
      if (before !== undefined) this.#leaveOrders(before);
      if (after !== null) this.#joinOrders(after);
    }
    this.#advance(items.at(-1)?.versionstamp ?? this.#version, changes);
  }

  #put(id: string, after: Conversation | null, changes: LiveChange[]): void {
    const before = this.#rows.get(id) ?? null;
    if (before === null && after === null) return;
    if (after) this.#rows.set(id, after);
    else this.#rows.delete(id);
    changes.push({ id, before, after });
  }

  /** One sort for all is a hundred times less work than that many insertions. */
  #sortAll(): void {
    this.#order.load(this.#rows.values());
    this.#byInbox.clear();
    for (const [inboxId, rows] of Map.groupBy(this.#rows.values(), (row) => row.inboxId)) {
      const order = new NewestFirst();
      order.load(rows);
      this.#byInbox.set(inboxId, order);
    }
  }

  #leaveOrders(row: Conversation): void {
    this.#order.remove(row);
    this.#byInbox.get(row.inboxId)?.remove(row);
  }

  #joinOrders(row: Conversation): void {
    this.#order.insert(row);
    const known = this.#byInbox.get(row.inboxId);
    const order = known ?? new NewestFirst();
    if (known === undefined) this.#byInbox.set(row.inboxId, order);
    order.insert(row);
  }

  #advance(version: string, changes: readonly LiveChange[]): void {
    // After a reset the table may be ahead of the batches that follow.
    if (version > this.#version) this.#version = version;
    if (changes.length > 0) { for (const listener of this.#listeners) listener(changes); }
    const due = this.#waiting.filter((waiting) => waiting.version <= version);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter((waiting) => waiting.version > version);
    for (const { resolve } of due) resolve();
  }
}

const RETRY_MS = 1_000;
