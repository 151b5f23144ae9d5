/** What replies would be before anybody changes them, per conversation, as of its version. */
import { signal } from "@preact/signals";
import type { ApiReplyDefaults } from "../../../core/model/api.ts";
import type { Api } from "./api.ts";

/** More would only cost memory. */
const MAX_KEPT = 40;

interface Known {
  readonly version: number;
  readonly defaults: ApiReplyDefaults;
}

export class ReplyStore {
  readonly #api: Pick<Api, "replyDefaults">;
  readonly #known = signal<ReadonlyMap<string, Known>>(new Map());
  readonly #asked = new Map<string, number>();

  constructor(api: Pick<Api, "replyDefaults">) {
    this.#api = api;
  }

  /** Subscribes the caller, when that is a component. An older version's are better than none. */
  get(conversationId: string): ApiReplyDefaults | null {
    return this.#known.value.get(conversationId)?.defaults ?? null;
  }

  know(conversationId: string, version: number, defaults: ApiReplyDefaults): void {
    const before = this.#known.peek().get(conversationId);
    if (before !== undefined && before.version > version) return;
    const known = new Map(this.#known.peek());
    known.delete(conversationId);
    known.set(conversationId, { version, defaults });
    for (const oldest of known.keys()) {
      if (known.size <= MAX_KEPT) break;
      known.delete(oldest);
    }
    this.#known.value = known;
  }

  /** Asks once for each version of a conversation; without an answer, again the next time it is shown. */
  async load(conversationId: string, version: number): Promise<void> {
    const known = this.#known.peek().get(conversationId);
    if (known !== undefined && known.version >= version) return;
    if ((this.#asked.get(conversationId) ?? -1) >= version) return;
    this.#asked.set(conversationId, version);
    const answer = await this.#api.replyDefaults(conversationId);
    if (answer.ok) this.know(conversationId, version, answer.value);
    if (this.#asked.get(conversationId) === version) this.#asked.delete(conversationId);
  }
}
