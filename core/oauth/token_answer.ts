/** What a token endpoint says, as what it means. Pure. */
import { z } from "zod";
import { clip } from "../clip.ts";
import { err, ok, type Result } from "../result.ts";

/** RFC 6749, 5.1. Providers write numbers as text too. */
const TokenAnswer = z.object({
  access_token: z.string().min(1).max(16_384).regex(/^[\x20-\x7e]+$/),
  token_type: z.string().regex(/^bearer$/i).optional(),
  expires_in: z.coerce.number().positive().max(10 * 365 * 86_400).optional(),
  refresh_token: z.string().min(1).max(16_384).optional(),
  scope: z.string().optional(),
  id_token: z.string().max(65_536).optional(),
});

/** RFC 6749, 5.2; Microsoft adds its own numbers to the description. */
const TokenRefusal = z.object({
  error: z.string(),
  error_description: z.string().optional(),
});

/** Tokens as they were given. */
export interface Tokens {
  readonly accessToken: string;
  readonly expiresInMs: number;
  /** Null: the one before stays good. */
  readonly refreshToken: string | null;
  /** Null: as asked for. */
  readonly scopes: readonly string[] | null;
  readonly idToken: string | null;
}

/** Why none were given. */
export interface TokenError {
  readonly code:
    /** The code or the refresh token is not, or no longer, good: somebody has to sign in. */
    | "lost"
    /** The client is not accepted: its id, secret or redirect address. */
    | "client"
    /** Later, perhaps. */
    | "unavailable";
  /** The provider's words; may hold what it was sent. */
  readonly words: string;
}

/** Where the provider does not say. */
const USUAL_MS = 60 * 60_000;
const MAX_WORDS = 300;
/** The grant ended, or the account's policy wants to see its owner (OpenID Connect Core, 3.1.2.6). */
const LOST = new Set([
  "invalid_grant",
  "interaction_required",
  "login_required",
  "consent_required",
  "account_selection_required",
]);

export function readTokenAnswer(
  { status, json }: { readonly status: number; readonly json: unknown },
): Result<Tokens, TokenError> {
  if (status >= 200 && status < 300) {
    const answer = TokenAnswer.safeParse(json);
    if (!answer.success) return err({ code: "unavailable", words: "no token in its answer" });
    const { access_token, expires_in, refresh_token, scope, id_token } = answer.data;
    return ok({
      accessToken: access_token,
      expiresInMs: expires_in === undefined ? USUAL_MS : expires_in * 1_000,
      refreshToken: refresh_token ?? null,
      scopes: scope === undefined ? null : scope.split(/\s+/).filter((one) => one !== ""),
      idToken: id_token ?? null,
    });
  }
  const refusal = TokenRefusal.safeParse(json);
  const { error = "", error_description = "" } = refusal.success ? refusal.data : {};
  const said = `${error} ${error_description}`.replace(/\s+/g, " ").trim();
  const words = clip(said === "" ? `HTTP ${status}` : said, MAX_WORDS);
  if (LOST.has(error)) return err({ code: "lost", words });
  const isPassing = status >= 500 || status === 429 || status === 408 ||
    error === "temporarily_unavailable" || error === "server_error" || error === "slow_down";
  // A page in place of an answer is some proxy's.
  return err({ code: isPassing || error === "" ? "unavailable" : "client", words });
}
