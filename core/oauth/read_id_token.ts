import { z } from "zod";
import { decodeBase64Url } from "../encoding.ts";

const Claims = z.looseObject({
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nonce: z.string().optional(),
});
/** Clocks differ. */
const SKEW_MS = 5 * 60_000;

/**
 * The claims of an ID token that came straight from the token endpoint, which is proof enough of who made it
 * (OpenID Connect Core, 3.1.3.7, 6); null when it is none, or was made for somebody else.
 */
export function readIdToken(
  token: string,
  expected: { readonly clientId: string; readonly nonce: string; readonly now: number },
): Readonly<Record<string, unknown>> | null {
  const [, payload = "", ...rest] = token.split(".");
  const bytes = rest.length === 1 ? decodeBase64Url(payload) : null;
  if (bytes === null) return null;
  const claims = Claims.safeParse(parse(new TextDecoder().decode(bytes)));
  if (!claims.success) return null;
  const { aud, exp, nonce } = claims.data;
  const isOurs = (typeof aud === "string" ? [aud] : aud).includes(expected.clientId);
  const isFresh = exp * 1_000 > expected.now - SKEW_MS;
  return isOurs && isFresh && nonce === expected.nonce ? claims.data : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
