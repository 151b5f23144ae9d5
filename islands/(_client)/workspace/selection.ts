/** The conversations an agent picked for an action on several. Picks outlive a row that leaves the list, not the list. */
import { type ReadonlySignal, signal } from "@preact/signals";

export class Selection {
  readonly #ids = signal<ReadonlySet<string>>(new Set());
  /** Where a range begins: the row picked last. */
  #anchor: string | null = null;

  get ids(): ReadonlySignal<ReadonlySet<string>> {
    return this.#ids;
  }

  /** Subscribes the caller, when that is a component or a computed signal. */
  get size(): number {
    return this.#ids.value.size;
  }

  has(id: string): boolean {
    return this.#ids.value.has(id);
  }

  toggle(id: string): void {
    const ids = new Set(this.#ids.peek());
    if (!ids.delete(id)) ids.add(id);
    this.#anchor = ids.has(id) ? id : null;
    this.#ids.value = ids;
  }

  /** Picks everything from the row picked last up to this one. @param order ids of the list, top first. */
  extendTo(id: string, order: readonly string[]): void {
    const to = order.indexOf(id);
    const from = this.#anchor === null ? -1 : order.indexOf(this.#anchor);
    if (to === -1 || from === -1) {
      if (!this.#ids.peek().has(id)) this.toggle(id);
      return;
    }
    this.add(order.slice(Math.min(from, to), Math.max(from, to) + 1));
    this.#anchor = id;
  }

  add(ids: readonly string[]): void {
    this.#ids.value = new Set([...this.#ids.peek(), ...ids]);
  }

  /** Picks exactly these. */
  set(ids: Iterable<string>): void {
    this.#anchor = null;
    this.#ids.value = new Set(ids);
  }

  remove(ids: readonly string[]): void {
    const gone = new Set(ids);
    const rest = [...this.#ids.peek()].filter((id) => !gone.has(id));
    if (rest.length !== this.#ids.peek().size) this.#ids.value = new Set(rest);
  }

  clear(): void {
    if (this.#ids.peek().size > 0) this.set([]);
  }

  /** The picked ids as the list shows them, then those it does not show. */
  inOrder(order: readonly string[]): readonly string[] {
    const ids = this.#ids.value;
    if (ids.size === 0) return [];
    const shown = order.filter((id) => ids.has(id));
    const isShown = new Set(shown);
    return [...shown, ...[...ids].filter((id) => !isShown.has(id))];
  }
}
