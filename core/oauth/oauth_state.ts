import { newSecretToken } from "../access/mod.ts";
import { equalText } from "../constant_time.ts";
import { encodeBase64Url } from "../encoding.ts";
import type { Random } from "../ports.ts";
import { sha256 } from "../sha256.ts";
import type { Vault } from "../store/mod.ts";

/** How long somebody may take at the provider's page. */
export const STATE_MS = 10 * 60_000;

/** What one sign-in is told by. All of it comes from the random token in its state; only the token's hash is stored. */
export interface OAuthState {
  /** Under which it is stored. */
  readonly hash: string;
  /** Goes to the provider and comes back: the token and its signature. */
  readonly state: string;
  /** PKCE: the provider gets its SHA-256 now and itself with the code. RFC 7636. */
  readonly verifier: string;
  /** Comes back inside the ID token. */
  readonly nonce: string;
}

type Keys = Pick<Vault, "mac" | "macs">;

export async function newOAuthState(vault: Keys, random: Random): Promise<OAuthState> {
  return await stateOf(vault, newSecretToken(random));
}

/** The state that came back; null when we did not make it. */
export async function readOAuthState(vault: Keys, state: string): Promise<OAuthState | null> {
  const [, token, signature] = /^([\w-]{43})\.([\w-]{43})$/.exec(state) ?? [];
  if (token === undefined || signature === undefined) return null;
  const macs = await vault.macs("oauth state", token);
  return macs.some((mac) => equalText(encodeBase64Url(mac), signature))
    ? await stateOf(vault, token)
    : null;
}

/** The code challenge of a verifier, method S256. */
export function codeChallenge(verifier: string): string {
  return encodeBase64Url(Uint8Array.fromHex(sha256(verifier)));
}

async function stateOf(vault: Keys, token: string): Promise<OAuthState> {
  const derive = async (purpose: string) => encodeBase64Url(await vault.mac(purpose, token));
  return {
    hash: sha256(token),
    state: `${token}.${await derive("oauth state")}`,
    verifier: await derive("oauth verifier"),
    nonce: await derive("oauth nonce"),
  };
}
