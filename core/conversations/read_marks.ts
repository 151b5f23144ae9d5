import type { Store } from "../store/mod.ts";
import { keys } from "../store/mod.ts";

/** A mark that moved. */
export interface ReadMark {
  readonly userId: string;
  readonly conversationId: string;
  /** Seq read up to until now; undefined when there was no mark. */
  readonly before: number | undefined;
  readonly after: number;
}

/** Up to where each user has read each conversation: loaded once per user, then kept up to date by this process and the log. */
export class ReadMarks {
  readonly #store: Store;
  readonly #users = new Map<string, Promise<Map<string, number>>>();

  readonly #listeners = new Set<(mark: ReadMark) => void>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Conversation id → last seq read. */
  of(userId: string): Promise<ReadonlyMap<string, number>> {
    return this.#load(userId);
  }

  /** Takes over a mark that was committed, here or by another process: however late it comes, it does not move back. */
  async apply(userId: string, conversationId: string, seq: number): Promise<void> {
    const loading = this.#users.get(userId);
    if (loading === undefined) return;
    const marks = await loading;
    const before = marks.get(conversationId);
    if (seq <= (before ?? 0)) return;
    marks.set(conversationId, seq);
    for (const listener of this.#listeners) {
      listener({ userId, conversationId, before, after: seq });
    }
  }

  /** The user marked it as unread: whatever comes after `seq` is to be read again. */
  async moveBack(userId: string, conversationId: string, seq: number): Promise<void> {
    const marks = await this.#users.get(userId);
    const before = marks?.get(conversationId);
    if (marks === undefined || before === undefined || before <= seq) return;
    marks.set(conversationId, seq);
    for (const listener of this.#listeners) {
      listener({ userId, conversationId, before, after: seq });
    }
  }

  /**
   * A conversation lost the messages after `seq`: whoever had read further has read all there is, and nothing of what comes
   * next. Nothing becomes unread by it.
   */
  async cut(conversationId: string, seq: number): Promise<void> {
    for (const loading of this.#users.values()) {
      const marks = await loading;
      if ((marks.get(conversationId) ?? 0) > seq) marks.set(conversationId, seq);
    }
  }

  /** Called for each mark of a loaded user that moves, once it has. */
  onMark(listener: (mark: ReadMark) => void): void {
    this.#listeners.add(listener);
  }

  /** Reads every user's marks again: some commits of other processes were missed. */
  forget(): void {
    this.#users.clear();
  }

  #load(userId: string): Promise<Map<string, number>> {
    const known = this.#users.get(userId);
    if (known !== undefined) return known;
    const loading = this.#read(userId);
    this.#users.set(userId, loading);
    loading.catch(() => this.#users.delete(userId));
    return loading;
  }

  async #read(userId: string): Promise<Map<string, number>> {
    const marks = new Map<string, number>();
    for await (const { path, value } of this.#store.list(keys.readMarks(userId))) {
      marks.set(String(path.at(-1)), value);
    }
    return marks;
  }
}
