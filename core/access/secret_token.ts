import type { Random } from "../ports.ts";

/** 32 random bytes in base64url: session tokens, links, API tokens. Only its hash is stored. */
export function newSecretToken(random: Random): string {
  return random.bytes(32).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** What is stored in place of a token: SHA-256 in hex. A token is random, so it needs no slow hash. */
export async function hashToken(token: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return new Uint8Array(digest).toHex();
}
