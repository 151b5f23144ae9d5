import type { AccessError, OAuthProvider } from "../channel/mod.ts";
import { markBroken, signInAgain } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type OAuthTokenRecord, transact, type Tx } from "../store/mod.ts";
import { requestToken } from "./request_token.ts";
import { openRefreshToken, sealTokens } from "./sealed_tokens.ts";
import type { TokenError } from "./token_answer.ts";

/** How it went. */
export type Refreshed =
  /** There is another token than the one that was asked about. */
  | { readonly kind: "renewed" }
  /** Another process asks the provider right now. */
  | { readonly kind: "busy" }
  | { readonly kind: "failed"; readonly error: AccessError };

/** Gets the next access token of a channel: one request at a time, over all callers and processes. */
export interface TokenRefresher {
  /** @param version of the record whose token is to be replaced */
  refresh(
    channelId: string,
    version: number,
    provider: OAuthProvider,
    label: string,
  ): Promise<Refreshed>;
}

/** Longer than a request may take. A process that died in it is waited for no longer. */
const LEASE_MS = 30_000;

export function createTokenRefresher(context: CoreContext): TokenRefresher {
  const { store, ports } = context;
  const underWay = new Map<string, Promise<Refreshed>>();

  async function refresh(
    channelId: string,
    version: number,
    provider: OAuthProvider,
    label: string,
  ): Promise<Refreshed> {
    const owner = ports.ids.next("lse");
    const claimed = await claim(channelId, version, owner);
    if (claimed === "busy" || claimed === "renewed") return { kind: claimed };
    const secret = await openRefreshToken(store.vault, claimed);
    const answered = secret === null
      ? err<TokenError>({ code: "lost", words: "no refresh token" })
      : await requestToken(context, provider, {
        grant_type: "refresh_token",
        refresh_token: secret,
      });
    const fields = answered.ok
      ? await sealTokens(store.vault, answered.value, ports.clock.now(), claimed)
      : { lease: null, ...answered.error.code === "lost" ? { lostAt: ports.clock.now() } : {} };
    const outcome = await transact(store, async (tx) => {
      const now = await tx.get(keys.oauthToken(channelId));
      // Somebody signed in anew meanwhile, or asked sooner.
      if (now?.version !== version) return "renewed";
      // A refusal counts while the lease holds only; a token is one, whoever waits for it.
      if (!answered.ok && now.lease?.owner !== owner) return "busy";
      tx.set(keys.oauthToken(channelId), { ...now, ...fields });
      if (fields.lostAt) await markBroken(tx, channelId, signInAgain(label).message);
      return answered.ok ? "renewed" : "failed";
    });
    if (answered.ok) return { kind: "renewed" };
    if (outcome !== "failed") return { kind: outcome };
    const { code, words } = answered.error;
    ports.log("warn", "sign-in not renewed", { channelId, code, provider: words });
    return { kind: "failed", error: accessError(answered.error, label) };
  }

  /** The record, once nobody else may ask the provider. */
  async function claim(
    channelId: string,
    version: number,
    owner: string,
  ): Promise<OAuthTokenRecord | "busy" | "renewed"> {
    const claimed = await transact<Result<OAuthTokenRecord, "busy" | "renewed">>(
      store,
      async (tx: Tx) => {
        const record = await tx.get(keys.oauthToken(channelId));
        if (record?.version !== version || record.lostAt !== null) return err("renewed");
        if (record.lease !== null && record.lease.until > tx.now) return err("busy");
        const mine = { ...record, lease: { owner, until: tx.now + LEASE_MS } };
        tx.set(keys.oauthToken(channelId), mine);
        return ok(mine);
      },
      { queue: `oauth ${channelId}` },
    );
    return claimed.ok ? claimed.value : claimed.error;
  }

  return {
    async refresh(channelId, version, provider, label) {
      const key = `${channelId} ${version}`;
      const running = underWay.get(key);
      if (running !== undefined) return await running;
      const started = refresh(channelId, version, provider, label);
      underWay.set(key, started);
      try {
        return await started;
      } finally {
        underWay.delete(key);
      }
    },
  };
}

function accessError({ code, words }: TokenError, label: string): AccessError {
  switch (code) {
    case "lost":
      return { ...signInAgain(label), provider: words };
    case "client": {
      const message = `${label} does not accept the app of this channel. Check its settings.`;
      return { code: "config", message, provider: words };
    }
    case "unavailable":
      return {
        code: "unavailable",
        message: `${label} cannot be asked for access right now.`,
        provider: words,
      };
  }
}
