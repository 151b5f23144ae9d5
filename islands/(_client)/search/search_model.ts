/** What is searched and what was found. Runs on the server too, for the first screen. */
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { ApiSearchPage } from "@/core/model/api_search.ts";
import type { Result } from "@/core/result.ts";

/** A part of the results. */
export type SearchTab = "conversations" | "contacts";

/** What the page's address says. */
export interface SearchRoute {
  readonly q: string;
  readonly tab: SearchTab;
}

export interface FoundPage extends ApiSearchPage {
  /** How long the server took, in ms. */
  readonly tookMs: number;
}

export interface SearchPorts {
  /** Searches. An aborted search answers nothing that counts. */
  find(
    query: { readonly q: string; readonly cursor: string | null },
    signal: AbortSignal,
  ): Promise<Result<FoundPage, string>>;
  /** @returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  /** The address has changed: a reload and the back button lead here again. */
  remember(route: SearchRoute): void;
}

/** Nobody is asked for each letter of a word. */
const PAUSE_MS = 120;

export class SearchModel {
  readonly #ports: SearchPorts;
  readonly #q;
  readonly #tab;
  readonly #found;
  readonly #status = signal<"ready" | "searching" | "failed">("ready");
  readonly #problem = signal("");
  readonly #cursor = signal(0);
  #cancel = () => {};
  #ending = new AbortController();

  /** As it was typed. */
  readonly q: ReadonlySignal<string>;
  readonly tab: ReadonlySignal<SearchTab>;
  /** Null when nothing is searched for. */
  readonly found: ReadonlySignal<FoundPage | null>;
  readonly status: ReadonlySignal<"ready" | "searching" | "failed">;
  /** In words, why it failed. */
  readonly problem: ReadonlySignal<string>;
  /** The result the keyboard is at. */
  readonly cursor: ReadonlySignal<number>;

  constructor(
    first: { readonly route: SearchRoute; readonly found: FoundPage | null },
    ports: SearchPorts,
  ) {
    this.#ports = ports;
    this.#q = signal(first.route.q);
    this.#tab = signal(first.route.tab);
    this.#found = signal(first.found);
    this.q = this.#q;
    this.tab = this.#tab;
    this.found = this.#found;
    this.status = this.#status;
    this.problem = this.#problem;
    this.cursor = this.#cursor;
  }

  /** Letters were typed: it is searched when they pause. */
  type(q: string): void {
    this.#q.value = q;
    this.#cancel();
    this.#cancel = this.#ports.after(PAUSE_MS, () => void this.search());
  }

  /** Searches at once. */
  search(q = this.#q.peek()): Promise<void> {
    this.#q.value = q;
    this.#ports.remember({ q, tab: this.#tab.peek() });
    return this.#ask(null);
  }

  /** Reads the next page, when there is one and none is on its way. */
  async more(): Promise<void> {
    const next = this.#found.peek()?.next ?? null;
    if (next === null || this.#status.peek() === "searching") return;
    await this.#ask(next);
  }

  show(tab: SearchTab): void {
    batch(() => {
      this.#tab.value = tab;
      this.#cursor.value = 0;
    });
    this.#ports.remember({ q: this.#q.peek(), tab });
  }

  /** Moves the keyboard among the results that are shown. */
  move(step: 1 | -1): void {
    const found = this.#found.peek();
    const list = this.#tab.peek() === "contacts" ? found?.contacts : found?.items;
    const last = (list?.length ?? 0) - 1;
    this.#cursor.value = Math.max(0, Math.min(this.#cursor.peek() + step, last));
    if (this.#tab.peek() === "conversations" && this.#cursor.peek() >= last - 3) void this.more();
  }

  stop(): void {
    this.#cancel();
    this.#ending.abort();
  }

  async #ask(cursor: string | null): Promise<void> {
    this.#cancel();
    this.#ending.abort();
    const ending = this.#ending = new AbortController();
    const q = this.#q.peek().trim();
    if (q === "") {
      batch(() => {
        this.#found.value = null;
        this.#status.value = "ready";
      });
      return;
    }
    this.#status.value = "searching";
    const answer = await this.#ports.find({ q, cursor }, ending.signal);
    if (ending.signal.aborted) return;
    batch(() => {
      this.#status.value = answer.ok ? "ready" : "failed";
      if (!answer.ok) {
        this.#problem.value = answer.error;
        return;
      }
      const before = cursor === null ? null : this.#found.peek();
      this.#found.value = before === null ? answer.value : {
        ...answer.value,
        items: [...before.items, ...answer.value.items],
        contacts: before.contacts,
        unclear: before.unclear,
        tookMs: before.tookMs,
      };
      if (cursor === null) this.#cursor.value = 0;
    });
  }
}

/** The address of a search. */
export function formatSearch({ q, tab }: SearchRoute): string {
  const query = new URLSearchParams({
    ...(q.trim() === "" ? {} : { q }),
    ...(tab === "contacts" ? { tab } : {}),
  }).toString();
  return query === "" ? "/search" : `/search?${query}`;
}

/** The inverse of {@link formatSearch}. */
export function parseSearch({ searchParams }: URL): SearchRoute {
  return {
    q: (searchParams.get("q") ?? "").slice(0, 500),
    tab: searchParams.get("tab") === "contacts" ? "contacts" : "conversations",
  };
}
