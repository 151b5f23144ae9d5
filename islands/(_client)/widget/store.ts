import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import { EMPTY, type State } from "./state.ts";

/** Holds the state and tells who asked of every change. */
export class Store {
  readonly #listeners = new Set<() => void>();
  #state: State;

  constructor(config: VisitorConfigJson) {
    this.#state = { ...EMPTY, config };
  }

  get state(): State {
    return this.#state;
  }

  set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }
}
