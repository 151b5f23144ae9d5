/** The conversations the browser knows, the list on screen and the live counts. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ApiConversation, ApiCounts } from "../../../core/model/api.ts";
import type { Api } from "./api.ts";
import type { ConversationStatus } from "../../../core/model/conversation.ts";
import { isInList, statusesOfList } from "./conversation_order.ts";
import type { ListRules } from "./list_rules.ts";
import {
  appendPage,
  changeInList,
  createList,
  dropLeft,
  type ListPage,
  type ListState,
  placeRow,
  removeFromList,
  showWaiting,
} from "./list_state.ts";
import { isPersonalView, listKey, type ListName } from "./workspace_route.ts";
import { addPatch, type LaidFields, type Overlay, removePatch, withOverlay } from "./overlay.ts";

/** How the list on screen is doing. */
export type ListStatus = "ready" | "loading" | "failed";

export interface ConversationStoreOptions {
  readonly api: Pick<Api, "conversations" | "counts">;
  readonly rules: ListRules;
  readonly name: ListName;
  readonly page: ListPage;
  readonly counts: ApiCounts;
}

export class ConversationStore {
  readonly #api: ConversationStoreOptions["api"];
  readonly rules: ListRules;
  /** Changed in place: a copy for each event would cost more than all else once tens of thousands are known. */
  readonly #records = new Map<string, ApiConversation>();
  /** Counts up with every change of the records. */
  readonly #changes = signal(0);
  readonly #overlay = signal<Overlay>(new Map());
  readonly #list;
  readonly #status = signal<ListStatus>("ready");
  readonly #counts;
  /** Lists left behind, to show at once when the agent comes back. */
  readonly #visited = new Map<string, readonly string[]>();
  #isHeld = false;
  #lastPatch = 0;

  readonly list: ReadonlySignal<ListState>;
  readonly status: ReadonlySignal<ListStatus>;
  readonly counts: ReadonlySignal<ApiCounts>;
  /** Rows of the list, top first, with what was changed here laid over. */
  readonly rows: ReadonlySignal<readonly ApiConversation[]>;

  constructor(options: ConversationStoreOptions) {
    this.#api = options.api;
    this.rules = options.rules;
    this.#list = signal(createList(options.name, options.page));
    this.#counts = signal(options.counts);
    this.#put(options.page.items);
    this.list = this.#list;
    this.status = this.#status;
    this.counts = this.#counts;
    this.rows = computed(() => {
      const overlay = this.#overlay.value;
      void this.#changes.value;
      return this.#list.value.ids.flatMap((id) => {
        const record = this.#records.get(id);
        return record === undefined ? [] : withOverlay(overlay, record);
      });
    });
  }

  /** Subscribes the caller, when that is a component or a computed signal. */
  get(id: string): ApiConversation | undefined {
    void this.#changes.value;
    const record = this.#records.get(id);
    return record && withOverlay(this.#overlay.value, record);
  }

  /** Adds records read elsewhere, without touching the list. */
  know(conversations: readonly ApiConversation[]): void {
    this.#put(
      conversations.filter((conversation) =>
        !isOlder(conversation, this.#recordOf(conversation.id))
      ),
    );
  }

  /** The server said how a conversation is now. */
  take(after: ApiConversation): void {
    const before = this.#recordOf(after.id) ?? null;
    if (isOlder(after, before)) return;
    batch(() => {
      this.#put([after]);
      this.#change(before, withOverlay(this.#overlay.peek(), after), this.#isHeld);
    });
  }

  remove(id: string): void {
    batch(() => {
      this.#records.delete(id);
      this.#changes.value++;
      this.#list.value = removeFromList(this.#list.peek(), id);
    });
  }

  /** What the conversations of the list can be. */
  statuses(): readonly ConversationStatus[] {
    return statusesOfList(this.#list.value, this.rules);
  }

  setCounts(counts: ApiCounts): void {
    this.#counts.value = counts;
  }

  /** Shows a change before the server has it. @returns what takes it off again, once answered. */
  lay(id: string, patch: LaidFields): () => void {
    const key = ++this.#lastPatch;
    batch(() => {
      this.#overlay.value = addPatch(this.#overlay.peek(), id, { key, patch });
      this.#changedHere(id);
    });
    return () =>
      batch(() => {
        this.#overlay.value = removePatch(this.#overlay.peek(), id, key);
        this.#changedHere(id);
      });
  }

  /** The pointer is in the list: nothing vanishes until it has gone. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (!isHeld) this.#list.value = dropLeft(this.#list.peek());
  }

  showWaiting(): void {
    this.#list.value = showWaiting(this.#list.peek(), this.#records, this.rules);
  }

  /** Goes to another list: what is known of it at once, then the server's word. */
  async open(name: ListName): Promise<void> {
    const left = this.#list.peek();
    this.#visited.set(listKey(left), left.ids);
    const known = (this.#visited.get(listKey(name)) ?? []).map((id) => this.#recordOf(id))
      .filter((record) => record !== undefined)
      .filter((record) => isInList(record, name, this.rules));
    this.#list.value = createList(name, { items: known, next: null });
    await this.refresh();
  }

  /** Reads the list anew from its top. */
  async refresh(): Promise<void> {
    const name = this.#list.peek();
    this.#status.value = "loading";
    const answer = await this.#api.conversations(name, null);
    if (listKey(name) !== listKey(this.#list.peek())) return;
    batch(() => {
      this.#status.value = answer.ok ? "ready" : "failed";
      if (!answer.ok) return;
      this.#put(answer.value.items);
      this.#list.value = createList(name, answer.value);
    });
  }

  /** Reads the next page, when there is one and none is on its way. */
  async loadMore(): Promise<void> {
    const list = this.#list.peek();
    if (list.next === null || this.#status.peek() === "loading") return;
    this.#status.value = "loading";
    const answer = await this.#api.conversations(list, list.next);
    if (listKey(list) !== listKey(this.#list.peek())) return;
    batch(() => {
      this.#status.value = answer.ok ? "ready" : "failed";
      if (!answer.ok) return;
      this.know(answer.value.items);
      this.#list.value = appendPage(this.#list.peek(), answer.value);
    });
  }

  /**
   * Reads the top of the list again, and judges all that is known anew: time has passed, or the list is one of which
   * only the server knows what comes into it. What is new waits, what went goes.
   */
  async recheck(): Promise<void> {
    const name = this.#list.peek();
    const answer = await this.#api.conversations(name, null);
    if (!answer.ok || listKey(name) !== listKey(this.#list.peek())) return;
    batch(() => {
      this.know(answer.value.items);
      for (const { id } of answer.value.items) {
        const list = this.#list.peek();
        if (list.ids.includes(id)) continue;
        this.#list.value = list.ids.length === 0
          ? { ...list, ids: [id] }
          : { ...list, waiting: new Set([...list.waiting, id]) };
      }
      const isWhole = answer.value.next === null && isPersonalView(name.view);
      const told = new Set(answer.value.items.map(({ id }) => id));
      for (const id of this.#list.peek().ids) {
        const row = this.get(id);
        if (row === undefined) continue;
        if (isWhole && !told.has(id)) this.#list.value = removeFromList(this.#list.peek(), id);
        else this.#change(row, row, this.#isHeld);
      }
    });
  }

  async refreshCounts(): Promise<void> {
    const answer = await this.#api.counts();
    if (answer.ok) this.#counts.value = answer.value;
  }

  #recordOf(id: string): ApiConversation | undefined {
    return this.#records.get(id);
  }

  #put(conversations: readonly ApiConversation[]): void {
    if (conversations.length === 0) return;
    for (const conversation of conversations) this.#records.set(conversation.id, conversation);
    this.#changes.value++;
  }

  /** The agent did it: rows go and come at once, even under the pointer. */
  #changedHere(id: string): void {
    const record = this.#recordOf(id);
    if (record === undefined) return;
    this.#change(record, withOverlay(this.#overlay.peek(), record), false);
    this.#list.value = placeRow(this.#list.peek(), id, this.#records, this.rules);
  }

  #change(before: ApiConversation | null, after: ApiConversation, isHeld: boolean): void {
    this.#list.value = changeInList(this.#list.peek(), {
      ...{ before, after, isHeld },
      rules: this.rules,
    });
  }
}

/** Answers and events may overtake each other. */
function isOlder(a: ApiConversation, b: ApiConversation | undefined | null): boolean {
  return b != null && a.updatedAt < b.updatedAt;
}
