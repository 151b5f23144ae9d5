/** What an agent was writing and the server has not got yet, kept in this browser per user, conversation and kind. */
export type DraftKind = "reply" | "comment";

/** What was kept. */
export interface KeptWords {
  readonly text: string;
  /** The same with its form; null when the text says all of it. */
  readonly html: string | null;
}

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

  read(conversationId: string, kind: DraftKind): KeptWords | null {
    const kept = this.#storage?.getItem(this.#key(conversationId, kind)) ?? "";
    return kept === "" ? null : parse(kept);
  }

  /**
   * Text of white space only is no draft. @param html null when the text says all of it
   * @returns false when the browser has no room for it
   */
  write(conversationId: string, kind: DraftKind, text: string, html: string | null): boolean {
    if (this.#storage === null) return false;
    const key = this.#key(conversationId, kind);
    if (text.trim() === "") {
      this.#storage.removeItem(key);
      return true;
    }
    try {
      this.#storage.setItem(key, JSON.stringify({ text, html }));
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

/** Earlier versions kept the text as it was. */
function parse(kept: string): KeptWords {
  try {
    const value: unknown = JSON.parse(kept);
    if (typeof value === "object" && value !== null && "text" in value && "html" in value) {
      const { text, html } = value;
      if (typeof text === "string") return { text, html: typeof html === "string" ? html : null };
    }
  } catch {
    // No JSON: the text itself.
  }
  return { text: kept, html: null };
}
