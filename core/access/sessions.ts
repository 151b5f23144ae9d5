import type { User } from "../model/user.ts";
import type { Random } from "../ports.ts";
import type { CredentialRecord } from "../store/mod.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";
import { ok } from "../result.ts";
import type { InboxCache } from "./inbox_cache.ts";
import type { Principal } from "./principal.ts";
import { hashToken, newSecretToken } from "./secret_token.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** How long a session lives after its last use. */
export const SESSION_MS = 30 * DAY_MS;
/** A session in use is written at most once a day. */
const RENEW_AFTER_MS = DAY_MS;
const MAX_USER_AGENT = 300;

/** A session about to be stored. */
export interface NewSession {
  /** For the cookie; never stored. */
  readonly token: string;
  readonly hash: string;
}

/** Opens, finds and ends sessions. A session holds while its user is active and the password is the same. */
export class Sessions {
  readonly #store: Store;
  readonly #random: Random;
  readonly #inboxes: InboxCache;

  constructor(store: Store, random: Random, inboxes: InboxCache) {
    this.#store = store;
    this.#random = random;
    this.#inboxes = inboxes;
  }

  make(): NewSession {
    const token = newSecretToken(this.#random);
    return { token, hash: hashToken(token) };
  }

  /** Stores a session in the commit of whatever proved the user. */
  open(
    tx: Tx,
    { hash }: NewSession,
    owner: {
      readonly user: User;
      readonly credential: CredentialRecord;
      readonly userAgent: string;
    },
  ): void {
    const { user, credential, userAgent } = owner;
    tx.set(keys.session(hash), {
      userId: user.id,
      createdAt: tx.now,
      expiresAt: tx.now + SESSION_MS,
      userAgent: userAgent.slice(0, MAX_USER_AGENT),
      credentialAt: credential.changedAt,
    }, { expireInMs: SESSION_MS });
    tx.set(keys.sessionOfUser(user.id, hash), true, { expireInMs: SESSION_MS });
  }

  /** Deletes the stored sessions of a user; those that escape the list end by their password or user. */
  async endAll(tx: Tx, userId: string, options: { readonly except?: string } = {}): Promise<void> {
    for await (const { path } of tx.list(keys.sessionsOfUser(userId))) {
      const hash = String(path.at(-1));
      if (hash === options.except) continue;
      tx.delete(keys.session(hash));
      tx.delete(keys.sessionOfUser(userId, hash));
    }
  }

  /** Who holds this session now, or null when it ended. A use after a day makes it live 30 days more. */
  async find(hash: string): Promise<Principal | null> {
    const session = await this.#store.get(keys.session(hash));
    const now = this.#store.ports.clock.now();
    if (session === null || session.expiresAt <= now) return null;
    const [user, credential] = await Promise.all([
      this.#store.get(keys.user(session.userId)),
      this.#store.get(keys.credential(session.userId)),
    ]);
    if (!user?.active || credential?.changedAt !== session.credentialAt) return null;
    if (session.expiresAt - now < SESSION_MS - RENEW_AFTER_MS) await this.#renew(hash);
    return await this.principal(user, hash);
  }

  async principal(user: User, sessionHash: string): Promise<Principal> {
    return { type: "user", user, inboxIds: await this.#inboxes.idsOf(user.id), sessionHash };
  }

  async #renew(hash: string): Promise<void> {
    await transact(this.#store, async (tx) => {
      const session = await tx.get(keys.session(hash));
      if (session === null) return ok(null);
      const options = { expireInMs: SESSION_MS };
      tx.set(keys.session(hash), { ...session, expiresAt: tx.now + SESSION_MS }, options);
      tx.set(keys.sessionOfUser(session.userId, hash), true, options);
      return ok(null);
    }, { queue: `session_${hash}` });
  }
}
