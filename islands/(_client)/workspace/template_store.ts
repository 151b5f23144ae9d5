/** Approved templates of channels, read when a composer needs them. */
import { signal } from "@preact/signals";
import type { ApiTemplate } from "../../../core/model/api.ts";
import type { Api } from "./api.ts";

export type LoadedTemplates =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly items: readonly ApiTemplate[] }
  | { readonly status: "failed"; readonly reason: string };

export class TemplateStore {
  readonly #api: Pick<Api, "templates">;
  readonly #known = signal<ReadonlyMap<string, LoadedTemplates>>(new Map());

  constructor(api: Pick<Api, "templates">) {
    this.#api = api;
  }

  /** Subscribes the caller, when that is a component or a computed signal. */
  get(channelId: string): LoadedTemplates {
    return this.#known.value.get(channelId) ?? { status: "loading" };
  }

  /** Reads them once; again after a failure. */
  async load(channelId: string): Promise<void> {
    const known = this.#known.peek().get(channelId);
    if (known !== undefined && known.status !== "failed") return;
    this.#set(channelId, { status: "loading" });
    const answer = await this.#api.templates(channelId);
    this.#set(
      channelId,
      answer.ok ? { status: "ready", items: answer.value.items } : {
        status: "failed",
        reason: answer.error.code === "refused" ? answer.error.detail : "The server did not answer",
      },
    );
  }

  #set(channelId: string, loaded: LoadedTemplates): void {
    this.#known.value = new Map(this.#known.peek()).set(channelId, loaded);
  }
}
