/** Visitors' sessions: a random token bound to one channel, kept by the widget, stored as its hash. */
import { encodeBase64Url } from "../encoding.ts";
import { addressOf, type OpenedChat } from "../continuity/mod.ts";
import type { CoreError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { keys, transact, type Tx, type VisitorRecord } from "../store/mod.ts";
import { type IdentityError, verifyIdentityToken, type VisitorIdentity } from "./identity_token.ts";
import type { Visitor, VisitorsContext } from "./types.ts";
import type { VisitorChannel } from "./visitor_channels.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A session ends this long after its last use. */
export const SESSION_MS = 30 * DAY_MS;
/** Moving the end on costs a write: at most once a day. */
const RENEW_AFTER_MS = DAY_MS;
/** For how long a session read once is believed, in this process. */
const CACHE_MS = 10_000;
const MAX_CACHED = 10_000;

export interface SessionInput {
  /** A token of the site's server (`identity_token.ts`). */
  readonly identityToken?: string | undefined;
  readonly locale?: string | undefined;
  readonly page?: string | undefined;
  /** The token of a link out of a mail with answers (`core/continuity`). */
  readonly continueToken?: string | undefined;
}

export interface NewSession {
  /** Given once; only its hash is kept. */
  readonly token: string;
  readonly visitor: Visitor;
  /** Somebody knows where to write to them. */
  readonly hasEmail: boolean;
  /** The chat a link was about; null without one. */
  readonly conversationId: string | null;
}

export class VisitorSessions {
  readonly #context: VisitorsContext;
  /** Null for a session that has ended: a read that began before must not bring it back. */
  readonly #cache = new Map<string, { readonly visitor: Visitor | null; readonly until: number }>();

  constructor(context: VisitorsContext) {
    this.#context = context;
  }

  /**
   * Begins a session: of the person the identity token names, of the visitor a link was mailed to, else of somebody
   * new.
   */
  async create(
    { channel, identity }: VisitorChannel,
    input: SessionInput,
  ): Promise<Result<NewSession, CoreError>> {
    const proven = await this.#prove(channel.id, identity, input.identityToken);
    if (!proven.ok) return proven;
    const { store, ports, continuity } = this.#context;
    const link = input.continueToken;
    const chat = link === undefined ? null : await continuity.openLink(channel.id, link);
    if (link !== undefined && chat === null) return err(LINK_REFUSED);
    const token = encodeBase64Url(ports.random.bytes(32));
    const hash = sha256(token);
    const newId = ports.ids.next("vis");

    const begun = await transact(store, async (tx) => {
      const found = chat === null
        ? await this.#visitorFor(tx, channel.id, newId, proven.value, tx.now)
        : await returning(tx, chat);
      const record = {
        ...found,
        ...input.locale !== undefined && { locale: input.locale },
        ...input.page !== undefined && { page: input.page },
      };
      const session = {
        visitorId: record.id,
        channelId: channel.id,
        locale: input.locale ?? null,
        page: input.page ?? null,
        createdAt: tx.now,
        expiresAt: tx.now + SESSION_MS,
      };
      tx.set(keys.visitor(record.id), record);
      if (record.id === newId && record.sub !== null) {
        tx.insert(keys.visitorBySubject(channel.id, record.sub), record.id);
      }
      tx.insert(keys.visitorSession(hash), session, { expireInMs: SESSION_MS });
      return {
        visitor: toVisitor(record, { ...session, hash }),
        hasEmail: addressOf(record) !== null,
      };
    });
    return ok({ token, ...begun, conversationId: chat?.conversationId ?? null });
  }

  /** Whose token it is; null when it is not one of this channel, or is over. Using a session prolongs it. */
  async authenticate(channelId: string, token: string): Promise<Visitor | null> {
    if (token.length < 32 || token.length > 100) return null;
    const hash = sha256(token);
    const now = this.#context.ports.clock.now();
    const cached = this.#cache.get(hash);
    const visitor = cached !== undefined && cached.until > now
      ? cached.visitor
      : await this.#read(hash, now);
    return visitor !== null && visitor.channelId === channelId && visitor.expiresAt > now
      ? visitor
      : null;
  }

  /** Ends a session; its token is worth nothing from now on, nor is any link mailed so far. */
  async end({ id, sessionHash }: Visitor): Promise<void> {
    const forget = () => this.#remember(sessionHash, null);
    forget();
    await transact(this.#context.store, async (tx) => {
      tx.delete(keys.visitorSession(sessionHash));
      const record = await tx.get(keys.visitor(id));
      if (record === null || addressOf(record) === null) return;
      tx.set(keys.visitor(id), { ...record, linksRevokedAt: tx.now });
    });
    forget();
  }

  async #prove(
    channelId: string,
    { mode, secret }: VisitorChannel["identity"],
    token: string | undefined,
  ): Promise<Result<VisitorIdentity | null, CoreError>> {
    if (token === undefined) {
      return mode === "optional"
        ? ok(null)
        : err({ code: "unauthenticated", message: "This chat needs an identity token." });
    }
    if (secret === null) {
      return err({ code: "unauthenticated", message: "This chat has no identity secret." });
    }
    const now = this.#context.ports.clock.now();
    const verified = await verifyIdentityToken(token, { secret, audience: channelId, now });
    return verified.ok
      ? verified
      : err({ code: "unauthenticated", message: WHY_REFUSED[verified.error] });
  }

  async #visitorFor(
    tx: Tx,
    channelId: string,
    newId: string,
    identity: VisitorIdentity | null,
    now: number,
  ): Promise<VisitorRecord> {
    const empty = { sub: null, name: null, email: null, phone: null };
    const fresh = { id: newId, channelId, createdAt: now };
    if (identity === null) return { ...fresh, ...empty };
    const knownId = await tx.get(keys.visitorBySubject(channelId, identity.sub));
    const known = knownId === null ? null : await tx.get(keys.visitor(knownId));
    if (known === null) return { ...fresh, ...identity };
    return {
      ...known,
      name: identity.name ?? known.name,
      email: identity.email ?? known.email,
      phone: identity.phone ?? known.phone,
    };
  }

  async #read(hash: string, now: number): Promise<Visitor | null> {
    const { store } = this.#context;
    const session = await store.get(keys.visitorSession(hash));
    if (session === null || session.expiresAt <= now) return null;
    const record = await store.get(keys.visitor(session.visitorId));
    if (record === null) return null;
    const visitor = toVisitor(record, { ...session, hash });
    const renewed = visitor.expiresAt < now + SESSION_MS - RENEW_AFTER_MS
      ? await this.#renew(visitor)
      : visitor;
    if (renewed === null) return null;
    const known = this.#cache.get(hash);
    const hasEnded = known?.visitor === null && known.until > now;
    if (hasEnded) return null;
    this.#remember(hash, renewed);
    return renewed;
  }

  #renew(visitor: Visitor): Promise<Visitor | null> {
    const key = keys.visitorSession(visitor.sessionHash);
    return transact(this.#context.store, async (tx) => {
      const session = await tx.get(key);
      if (session === null) return null;
      const expiresAt = tx.now + SESSION_MS;
      tx.set(key, { ...session, expiresAt }, { expireInMs: SESSION_MS });
      return { ...visitor, expiresAt };
    });
  }

  #remember(hash: string, visitor: Visitor | null): void {
    if (this.#cache.size >= MAX_CACHED) {
      const oldest = this.#cache.keys().next().value;
      if (oldest !== undefined) this.#cache.delete(oldest);
    }
    const until = this.#context.ports.clock.now() + CACHE_MS;
    this.#cache.set(hash, { visitor, until });
  }
}

/** The visitor a link was mailed to. Whoever opened it reads mail at their address: it is theirs. */
async function returning(tx: Tx, { visitor, address }: OpenedChat): Promise<VisitorRecord> {
  const record = await tx.get(keys.visitor(visitor.id)) ?? visitor;
  return record.leftEmail?.address === address
    ? { ...record, leftEmail: { address, isProven: true } }
    : record;
}

const LINK_REFUSED: CoreError = {
  code: "unauthenticated",
  message: "This link opens no chat any more.",
};

/** For the site's developer, who cannot see our log. */
const WHY_REFUSED: Readonly<Record<IdentityError, string>> = {
  malformed: "The identity token is not a JWT.",
  wrong_algorithm: "The identity token must be signed with HS256.",
  bad_signature: "The identity token's signature does not fit this chat's identity secret.",
  bad_claims: "The identity token needs sub, aud, iat and exp, and its claims must be well formed.",
  wrong_audience: "The identity token's aud is not this chat's channel id.",
  expired: "The identity token has expired.",
  issued_in_future: "The identity token's iat is in the future.",
  lives_too_long: "The identity token must expire within 3600 seconds of its iat.",
};

function toVisitor(
  record: VisitorRecord,
  session: { readonly hash: string; readonly page: string | null; readonly expiresAt: number },
): Visitor {
  return {
    id: record.id,
    channelId: record.channelId,
    sub: record.sub,
    name: record.name,
    email: record.email,
    phone: record.phone,
    page: session.page,
    sessionHash: session.hash,
    expiresAt: session.expiresAt,
  };
}
