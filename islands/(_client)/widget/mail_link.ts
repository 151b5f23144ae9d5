/** A link out of a mail with answers: offered first, then followed in place of the chat this browser has. */
import type { VisitorApi } from "./api.ts";
import type { Store } from "./store.ts";

export interface MailLinkOptions {
  readonly api: Pick<VisitorApi, "createSession">;
  readonly store: Store;
  readonly locale: string;
  /** Goes on with what the device keeps from now on, by name. */
  adopt(kept: Readonly<Record<string, string>>): Promise<void>;
}

export class MailLink {
  readonly #options: MailLinkOptions;

  constructor(options: MailLinkOptions) {
    this.#options = options;
  }

  /** @param token of the address that was opened. */
  offer(token: string): void {
    this.#options.store.set({ link: { token, state: "asking" } });
  }

  /** The visitor wants it. */
  async follow(): Promise<void> {
    const { api, store, locale, adopt } = this.#options;
    const { link } = store.state;
    if (link === null || link.state === "opening") return;
    store.set({ link: { ...link, state: "opening" } });
    const answer = await api.createSession({ continue: { token: link.token }, locale });
    if (!answer.ok) {
      const isPassing = answer.error.code === "unreachable" || answer.error.code === "busy";
      store.set({ link: { ...link, state: isPassing ? "unreachable" : "dead" } });
      return;
    }
    const { token, conversationId } = answer.value;
    await adopt({
      token,
      email: "known",
      ...conversationId !== undefined && { thread: conversationId },
    });
  }

  /** The visitor does not want it. */
  drop(): void {
    this.#options.store.set({ link: null });
  }
}
