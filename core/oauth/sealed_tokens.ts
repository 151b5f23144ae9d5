import type { OAuthTokenRecord, Vault } from "../store/mod.ts";
import type { Tokens } from "./token_answer.ts";

const ACCESS = "oauth access token";
const REFRESH = "oauth refresh token";

/** The part of the record that new tokens make. A provider that gives no new refresh token leaves the old one good. */
export async function sealTokens(
  vault: Pick<Vault, "seal">,
  { accessToken, refreshToken, expiresInMs }: Tokens,
  now: number,
  before: Pick<OAuthTokenRecord, "refreshToken" | "version"> | null,
): Promise<
  Pick<
    OAuthTokenRecord,
    "accessToken" | "refreshToken" | "obtainedAt" | "expiresAt" | "version" | "lease" | "lostAt"
  >
> {
  return {
    accessToken: await vault.seal(ACCESS, accessToken),
    refreshToken: refreshToken === null
      ? before?.refreshToken ?? null
      : await vault.seal(REFRESH, refreshToken),
    obtainedAt: now,
    expiresAt: now + expiresInMs,
    version: (before?.version ?? 0) + 1,
    lease: null,
    lostAt: null,
  };
}

/** Null when no key opens it. */
export async function openAccessToken(
  vault: Pick<Vault, "open">,
  { accessToken }: OAuthTokenRecord,
): Promise<string | null> {
  return await vault.open(ACCESS, accessToken);
}

/** Null when there is none, or no key opens it. */
export async function openRefreshToken(
  vault: Pick<Vault, "open">,
  { refreshToken }: OAuthTokenRecord,
): Promise<string | null> {
  return refreshToken === null ? null : await vault.open(REFRESH, refreshToken);
}
