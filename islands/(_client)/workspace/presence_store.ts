/** Which colleagues are where, as far as the server tells. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ApiPresence } from "../../../core/model/api.ts";

export type PersonHere = ApiPresence["people"][number];

const NOBODY: readonly PersonHere[] = [];

export class PresenceStore {
  readonly #people = signal<ReadonlyMap<string, readonly PersonHere[]>>(new Map());

  get people(): ReadonlySignal<ReadonlyMap<string, readonly PersonHere[]>> {
    return this.#people;
  }

  /** Colleagues in a conversation. Subscribes the caller, when that is a component. */
  in(conversationId: string): readonly PersonHere[] {
    return this.#people.value.get(conversationId) ?? NOBODY;
  }

  take({ conversationId, people }: ApiPresence): void {
    const all = new Map(this.#people.peek());
    if (people.length === 0) {
      if (!all.delete(conversationId)) return;
    } else all.set(conversationId, people);
    this.#people.value = all;
  }

  /** The connection is new: the server says again who is where. */
  clear(): void {
    if (this.#people.peek().size > 0) this.#people.value = new Map();
  }
}
