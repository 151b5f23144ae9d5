/** Snippets and macros, read when one is looked for, and again each time: others change them. */
import { signal } from "@preact/signals";
import type { ApiMacro, ApiSnippet } from "../../../../core/model/api_snippets.ts";
import type { Result } from "../../../../core/result.ts";
import type { Api, ApiFailure, Page } from "../api.ts";

export interface Loaded<T> {
  readonly status: "loading" | "ready" | "failed";
  /** What was read last, also while it is read again. */
  readonly items: readonly T[];
}

const NOTHING = { status: "loading", items: [] } as const;

export class SnippetStore {
  readonly #api: Pick<Api, "snippets" | "macros">;
  #loading: Promise<void> | null = null;
  readonly snippets = signal<Loaded<ApiSnippet>>(NOTHING);
  readonly macros = signal<Loaded<ApiMacro>>(NOTHING);

  constructor(api: Pick<Api, "snippets" | "macros">) {
    this.#api = api;
  }

  /** Reads them, once at a time. */
  load(): Promise<void> {
    return this.#loading ??= this.#read().finally(() => this.#loading = null);
  }

  /** Reads under way; at once when there are none. */
  async settled(): Promise<void> {
    await this.#loading;
  }

  async #read(): Promise<void> {
    const [snippets, macros] = await Promise.all([this.#api.snippets(), this.#api.macros()]);
    this.snippets.value = loaded(this.snippets.peek(), snippets);
    this.macros.value = loaded(this.macros.peek(), macros);
  }
}

function loaded<T>(before: Loaded<T>, answer: Result<Page<T>, ApiFailure>): Loaded<T> {
  if (answer.ok) return { status: "ready", items: answer.value.items };
  return before.status === "ready" ? before : { status: "failed", items: [] };
}
