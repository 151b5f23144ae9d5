import type { OAuthProvider } from "../channel/mod.ts";
import { codeChallenge, type OAuthState } from "./oauth_state.ts";

/** Where somebody's browser goes to sign in at the provider. */
export function authorizeUrl(
  provider: OAuthProvider,
  { state, redirectUrl, account, choosesAccount }: {
    readonly state: OAuthState;
    readonly redirectUrl: string;
    /** Shown by the provider as the one to sign in with; null: none. */
    readonly account: string | null;
    /** Asks which account, even when one is signed in already. */
    readonly choosesAccount: boolean;
  },
): string {
  const url = new URL(provider.authorizeUrl);
  const params = {
    response_type: "code",
    client_id: provider.clientId,
    redirect_uri: redirectUrl,
    scope: provider.scopes.join(" "),
    state: state.state,
    nonce: state.nonce,
    code_challenge: codeChallenge(state.verifier),
    code_challenge_method: "S256",
    ...account === null ? {} : { login_hint: account },
    ...choosesAccount ? provider.chooseAccountParams : provider.authorizeParams,
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url.href;
}
