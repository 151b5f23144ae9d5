import type { Conversation } from "../model/conversation.ts";

/** Where a row stands: the later its latest message, the earlier; by id within one millisecond. */
export interface NewestPlace {
  readonly lastMessageAt: number;
  readonly id: string;
}

/**
 * Rows in the order of their latest message. A page of the newest looks at as many rows as it shows, however many there
 * are. What changes is nearly always at the front, which is the array's end: little has to move.
 */
export class NewestFirst {
  /** Oldest first. */
  #rows: Conversation[] = [];

  /** Takes all of them at once, in place of what was there. */
  load(rows: Iterable<Conversation>): void {
    this.#rows = [...rows].sort((a, b) => compare(b, a));
  }

  insert(row: Conversation): void {
    this.#rows.splice(this.#placeOf(row), 0, row);
  }

  /** @param row as it was inserted; nothing happens when it is not there. */
  remove(row: Conversation): void {
    const at = this.#placeOf(row);
    if (this.#rows[at]?.id === row.id) this.#rows.splice(at, 1);
  }

  /** Newest first, after a place. Not to be used once rows have changed. */
  *newest(after: NewestPlace | null): Generator<Conversation, void> {
    const end = after === null ? this.#rows.length : this.#placeOf(after);
    for (let i = end - 1; i >= 0; i--) {
      const row = this.#rows[i];
      if (row !== undefined) yield row;
    }
  }

  /** Index of the first row that does not come after `place` in the order of the newest. */
  #placeOf(place: NewestPlace): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.#rows[middle];
      if (there !== undefined && compare(there, place) > 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Negative when `a` comes first. */
function compare(a: NewestPlace, b: NewestPlace): number {
  return b.lastMessageAt - a.lastMessageAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
