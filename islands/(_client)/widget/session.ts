/** The visitor's session on this device: its token, and how it begins and ends. */
import type { ApiError, VisitorApi } from "./api.ts";
import type { Kept } from "./kept.ts";

export interface SessionOptions {
  readonly api: Pick<VisitorApi, "createSession" | "token">;
  readonly kept: Kept;
  readonly locale: string;
  /** A session has just begun. @param hasEmail somebody knows where answers go */
  onBegun(hasEmail: boolean): void;
}

export class Session {
  /** Address of the site's page. */
  page: string | undefined;
  /** The site's word on who the visitor is, for sessions begun from now on. */
  identityToken: string | undefined;
  readonly #options: SessionOptions;
  #beginning: Promise<ApiError | null> | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** There is one, as far as the device knows. */
  get isKept(): boolean {
    return this.#options.kept.get("token") !== null;
  }

  /** Takes up the one the device keeps. */
  adopt(): void {
    const { api, kept } = this.#options;
    api.token = kept.get("token");
  }

  /** Begins one unless there is one; asked for twice at once, one. @returns why there is none. */
  ensure(): Promise<ApiError | null> {
    if (this.isKept) {
      this.adopt();
      return Promise.resolve(null);
    }
    return this.#beginning ??= this.#begin().finally(() => this.#beginning = null);
  }

  /** The server no longer knows it. */
  drop(): void {
    const { kept, api } = this.#options;
    for (const name of ["token", "subject", "thread", "email"]) kept.remove(name);
    api.token = null;
  }

  async #begin(): Promise<ApiError | null> {
    const { api, kept, locale, onBegun } = this.#options;
    api.token = null;
    const answer = await api.createSession({
      ...this.identityToken !== undefined && { identity: { token: this.identityToken } },
      ...this.page !== undefined && { page: this.page },
      locale,
    });
    if (!answer.ok) return answer.error;
    // Another tab may have been first: one visitor, one session.
    if (!this.isKept) kept.set("token", answer.value.token);
    this.adopt();
    onBegun(answer.value.hasEmail);
    return null;
  }
}
