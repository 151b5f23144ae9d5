/** What an agent was writing, kept in this browser per user, conversation and kind. */
export type DraftKind = "reply" | "comment";

/** The part of `Storage` that drafts use. */
export interface DraftStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export class Drafts {
  readonly #storage: DraftStorage | null;
  readonly #prefix: string;

  /** @param storage null on the server, and where a browser forbids it: nothing is kept then. */
  constructor(storage: DraftStorage | null, userId: string) {
    this.#storage = storage;
    this.#prefix = `parley:draft:${userId}:`;
  }

  read(conversationId: string, kind: DraftKind): string {
    return this.#storage?.getItem(this.#key(conversationId, kind)) ?? "";
  }

  /** Text of white space only is no draft. @returns false when the browser has no room for it. */
  write(conversationId: string, kind: DraftKind, text: string): boolean {
    if (this.#storage === null) return false;
    const key = this.#key(conversationId, kind);
    if (text.trim() === "") {
      this.#storage.removeItem(key);
      return true;
    }
    try {
      this.#storage.setItem(key, text);
      return true;
    } catch {
      // QuotaExceededError: the text is still in the editor.
      return false;
    }
  }

  /** Ids of conversations with an unsent reply or comment. */
  conversationIds(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (let index = 0; index < (this.#storage?.length ?? 0); index++) {
      const key = this.#storage?.key(index);
      if (!key?.startsWith(this.#prefix)) continue;
      const id = key.slice(this.#prefix.length).replace(/:(?:reply|comment)$/, "");
      ids.add(id);
    }
    return ids;
  }

  #key(conversationId: string, kind: DraftKind): string {
    return `${this.#prefix}${conversationId}:${kind}`;
  }
}
