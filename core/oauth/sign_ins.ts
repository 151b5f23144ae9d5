import { can, type Principal } from "../access/mod.ts";
import { openApp, type OpenedApp, redirectUrl } from "../apps/mod.ts";
import type { AnyAdapter, OAuthProvider } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, notFound } from "../errors.ts";
import type { Channel } from "../model/channel.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type OAuthStateRecord, transact } from "../store/mod.ts";
import { authorizeUrl } from "./authorize_url.ts";
import { newOAuthState, type OAuthState, readOAuthState, STATE_MS } from "./oauth_state.ts";
import { putSignIn } from "./put_sign_in.ts";
import { readIdToken } from "./read_id_token.ts";
import { requestToken } from "./request_token.ts";
import type { Tokens } from "./token_answer.ts";

/** A sign-in that goes on at the provider. */
export interface StartedSignIn {
  /** Where the browser goes now. Good for ten minutes, once. */
  readonly url: string;
  /** The provider, as people know it. */
  readonly with: string;
}

/** What the provider sent the browser back with; absent where it said nothing of it. */
export interface FinishInput {
  readonly state: string | null;
  readonly code: string | null;
  readonly error: string | null;
}

/** A sign-in that holds. */
export interface FinishedSignIn {
  readonly channelId: string;
  /** The channel was never signed in with this app before. */
  readonly isFirst: boolean;
}

/** Why a sign-in came to nothing. `channelId`: where to begin again. */
export type FinishError =
  /** Nobody of this session began it. */
  | { readonly code: "foreign" }
  /** It was finished before, took too long, or its channel is another by now. */
  | { readonly code: "expired" }
  | { readonly code: "forbidden" }
  | { readonly code: "denied"; readonly channelId: string; readonly with: string }
  /** They unticked what the channel needs. */
  | { readonly code: "missing_scope"; readonly channelId: string; readonly with: string }
  | {
    readonly code: "wrong_account";
    readonly channelId: string;
    readonly with: string;
    readonly account: string;
    readonly expected: string;
  }
  /** `words`: the provider's, without secrets. */
  | {
    readonly code: "refused";
    readonly channelId: string;
    readonly with: string;
    readonly words: string;
  };

/** Signing channels in at their providers. For those who manage channels, in a browser. */
export interface SignIns {
  /**
   * Begins a sign-in.
   * @param options `anyAccount`: takes an account of another address, for mailboxes that several may open;
   * `choosesAccount`: asks which account
   */
  start(
    principal: Principal,
    channelId: string,
    options?: { readonly anyAccount?: boolean; readonly choosesAccount?: boolean },
  ): Promise<Result<StartedSignIn, CoreError>>;
  /** Ends it. A state is good once, whatever comes of it. */
  finish(
    principal: Principal | null,
    input: FinishInput,
  ): Promise<Result<FinishedSignIn, FinishError>>;
}

export function createSignIns(context: CoreContext): SignIns {
  const { store, ports, config } = context;

  return {
    async start(principal, channelId, { anyAccount = false, choosesAccount = false } = {}) {
      if (principal.type !== "user" || !can(principal, "channel.manage")) {
        return err({ code: "forbidden" });
      }
      const channel = await store.get(keys.channel(channelId));
      if (channel === null) return err(notFound("channel"));
      const found = await signInOf(context, channel);
      if (!found.ok) return err({ code: "conflict", message: found.error });
      const { opened, provider, account } = found.value;
      const state = await newOAuthState(store.vault, ports.random);
      await transact(store, (tx) => {
        tx.insert(keys.oauthState(state.hash), {
          userId: principal.user.id,
          sessionHash: principal.sessionHash,
          channelId,
          appId: opened.app.id,
          anyAccount,
          expiresAt: tx.now + STATE_MS,
        }, { expireInMs: STATE_MS });
        return Promise.resolve();
      });
      const url = authorizeUrl(provider, {
        state,
        redirectUrl: redirectUrl(config),
        account: anyAccount ? null : account,
        choosesAccount: choosesAccount || anyAccount,
      });
      return ok({ url, with: opened.kind.label });
    },

    async finish(principal, { state: given, code, error }) {
      const state = given === null ? null : await readOAuthState(store.vault, given);
      if (state === null || principal?.type !== "user") return err({ code: "foreign" });
      const begun = await takeState(state);
      if (begun === null) return err({ code: "expired" });
      if (begun.sessionHash !== principal.sessionHash) return err({ code: "foreign" });
      if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
      const channel = await store.get(keys.channel(begun.channelId));
      const found = channel === null ? null : await signInOf(context, channel);
      if (!found?.ok || found.value.opened.app.id !== begun.appId) return err({ code: "expired" });
      const { opened, provider, account } = found.value;
      const about = { channelId: begun.channelId, with: opened.kind.label };
      const refused = (words: string) => err({ code: "refused" as const, ...about, words });
      if (error !== null || code === null) {
        return error === "access_denied" || error === "consent_required"
          ? err({ code: "denied", ...about })
          : refused(opened.redact(wordOf(error)));
      }

      const tokens = await requestToken(context, provider, {
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUrl(config),
        code_verifier: state.verifier,
      });
      if (!tokens.ok) return refused(tokens.error.words);
      const read = accountsIn(tokens.value, provider, state, ports.clock.now());
      if (read === null) return refused("its ID token was made for somebody else");
      const [shown = null] = read;
      if (shown !== null && account !== null && !begun.anyAccount && !names(read, account)) {
        return err({ code: "wrong_account", ...about, account: shown, expected: account });
      }
      if (!hasScopes(tokens.value, provider)) return err({ code: "missing_scope", ...about });
      if (provider.givesRefreshToken && tokens.value.refreshToken === null) {
        return refused("it gave no lasting access");
      }
      const put = await putSignIn(context, {
        channelId: begun.channelId,
        appId: begun.appId,
        account: account !== null && names(read, account) ? account : shown,
        tokens: tokens.value,
      });
      return put === null ? err({ code: "expired" }) : ok({ channelId: begun.channelId, ...put });
    },
  };

  /** What was begun under a state, which nobody finds again. */
  async function takeState({ hash }: OAuthState): Promise<OAuthStateRecord | null> {
    return await transact(store, async (tx) => {
      const record = await tx.get(keys.oauthState(hash));
      if (record === null) return null;
      tx.delete(keys.oauthState(hash));
      return record.expiresAt > tx.now ? record : null;
    });
  }
}

interface AppSignIn {
  readonly opened: OpenedApp;
  readonly provider: OAuthProvider;
  /** Whose sign-in the channel needs; null: anybody's. */
  readonly account: string | null;
}

/** How a channel signs in. The error is a sentence. */
async function signInOf(
  context: CoreContext,
  channel: Channel,
): Promise<Result<AppSignIn, string>> {
  const adapter: AnyAdapter | undefined = context.adapters.get(channel.type);
  if (channel.appId === undefined || adapter?.oauth?.isUsed(channel.config) !== true) {
    return err("This channel does not sign in at a provider");
  }
  const opened = await openApp(context, channel.appId);
  if (!opened.ok) return opened;
  const { kind, config } = opened.value;
  if (kind.oauth === undefined) return err(`Nobody signs in with ${kind.label}`);
  const account = adapter.oauth.accountOf(channel.config);
  return ok({ opened: opened.value, provider: kind.oauth(config), account });
}

/** The addresses of the account that signed in; null when its ID token is not for us. */
function accountsIn(
  { idToken }: Tokens,
  provider: OAuthProvider,
  { nonce }: OAuthState,
  now: number,
): readonly string[] | null {
  if (idToken === null) return [];
  const claims = readIdToken(idToken, { clientId: provider.clientId, nonce, now });
  return claims === null ? null : provider.accountsOf(claims);
}

function names(accounts: readonly string[], account: string): boolean {
  return accounts.some((one) => one.toLowerCase() === account.toLowerCase());
}

function hasScopes({ scopes }: Tokens, { neededScopes }: OAuthProvider): boolean {
  if (scopes === null) return true;
  // Providers answer with other cases and hosts for the same scope; its last word is its own.
  const lastWord = (scope: string) => scope.replace(/\/+$/, "").split("/").at(-1)?.toLowerCase();
  const given = new Set(scopes.map(lastWord));
  return neededScopes.every((scope) => given.has(lastWord(scope)));
}

/** An error's name is a word (RFC 6749, 4.1.2.1); whatever else stands in the address is not repeated. */
function wordOf(error: string | null): string {
  if (error === null) return "it sent no code";
  return /^[\w.-]{1,60}$/.test(error) ? error : "an error without a name";
}
