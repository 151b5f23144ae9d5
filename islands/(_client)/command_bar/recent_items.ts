/** What a person did with the command bar lately, kept in this browser. */

/** The part of `Storage` that is used. */
export interface RecentStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const MAX = 8;

export class RecentItems {
  readonly #storage: RecentStorage | null;
  readonly #key: string;

  /** @param storage null where a browser forbids it: nothing is remembered then. */
  constructor(storage: RecentStorage | null, userId: string) {
    this.#storage = storage;
    this.#key = `parley:recent:${userId}`;
  }

  /** Ids, the latest first. */
  read(): readonly string[] {
    const text = this.#storage?.getItem(this.#key) ?? "";
    return text === "" ? [] : text.split("\n").slice(0, MAX);
  }

  add(id: string): void {
    const ids = [id, ...this.read().filter((other) => other !== id)].slice(0, MAX);
    try {
      this.#storage?.setItem(this.#key, ids.join("\n"));
    } catch {
      // QuotaExceededError: then it is not remembered.
    }
  }
}
