/**
 * Identity tokens: a site's server vouches for its signed-in user with a JWT (HS256, keyed with the
 * channel's identity secret). One algorithm, one audience, one hour at most.
 */
import { z } from "zod";
import { decodeBase64Url, encodeBase64Url } from "../encoding.ts";
import { err, ok, type Result } from "../result.ts";

/** Longest life of a token, in seconds. */
export const MAX_LIFE_S = 3600;
/** How far the site's clock may be ahead of ours, in seconds. */
const LEEWAY_S = 60;
const MAX_TOKEN_LENGTH = 4096;

/** Who the site says the visitor is. */
export interface VisitorIdentity {
  /** The site's own id of the person. */
  readonly sub: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
}

export type IdentityError =
  | "malformed"
  | "wrong_algorithm"
  | "bad_signature"
  | "bad_claims"
  | "wrong_audience"
  | "expired"
  | "issued_in_future"
  | "lives_too_long";

const Header = z.object({ alg: z.string(), crit: z.undefined().optional() });
const Claims = z.object({
  sub: z.string().min(1).max(255),
  aud: z.union([z.string(), z.array(z.string()).length(1).transform(([only]) => only ?? "")]),
  iat: z.number().finite(),
  exp: z.number().finite(),
  email: z.email().max(254).transform((email) => email.toLowerCase()).nullish(),
  name: z.string().max(200).transform((name) => name.trim()).nullish(),
  phone: z.string().regex(/^\+?[\d\s().-]{5,32}$/).nullish(),
});

/**
 * Checks an identity token.
 * @param expected `secret`: the channel's, as UTF-8; `audience`: the channel's id; `now`: epoch ms.
 */
export async function verifyIdentityToken(
  token: string,
  expected: { readonly secret: string; readonly audience: string; readonly now: number },
): Promise<Result<VisitorIdentity, IdentityError>> {
  const parts = token.length > MAX_TOKEN_LENGTH ? [] : token.split(".");
  const [head, body, signature] = parts;
  if (parts.length !== 3 || !head || !body || !signature) return err("malformed");

  const header = Header.safeParse(parseJsonPart(head));
  if (!header.success) return err("malformed");
  // Pinned: "none" or a public-key algorithm must not choose how this key is used.
  if (header.data.alg !== "HS256") return err("wrong_algorithm");
  if (!await isSignedBy(expected.secret, `${head}.${body}`, signature)) return err("bad_signature");

  const claims = Claims.safeParse(parseJsonPart(body));
  if (!claims.success) return err("bad_claims");
  const { sub, aud, iat, exp, email, name, phone } = claims.data;
  const nowS = expected.now / 1000;
  if (aud !== expected.audience) return err("wrong_audience");
  if (iat > nowS + LEEWAY_S) return err("issued_in_future");
  if (exp > iat + MAX_LIFE_S) return err("lives_too_long");
  if (exp <= nowS) return err("expired");
  return ok({ sub, email: email ?? null, name: name || null, phone: phone ?? null });
}

async function isSignedBy(secret: string, text: string, signature: string): Promise<boolean> {
  const bytes = decodePart(signature);
  if (bytes === null) return false;
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, [
    "verify",
  ]);
  // WebCrypto compares in constant time and refuses any other length.
  return await crypto.subtle.verify("HMAC", key, bytes, encoder.encode(text));
}

/** Undefined for what is not JSON in base64url. */
function parseJsonPart(part: string): unknown {
  const bytes = decodePart(part);
  if (bytes === null) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // Both errors mean the same to the caller: this is no token.
    return undefined;
  }
}

/** Null for what is not unpadded base64url; one text per value, so no stray bits at its end. */
function decodePart(part: string): Uint8Array<ArrayBuffer> | null {
  const bytes = decodeBase64Url(part);
  return bytes !== null && encodeBase64Url(bytes) === part ? bytes : null;
}
