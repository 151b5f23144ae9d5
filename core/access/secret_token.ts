import type { Once } from "../idempotency.ts";
import type { Random } from "../ports.ts";
import { sha256 } from "../sha256.ts";
import type { Vault } from "../store/mod.ts";

/** 32 random bytes in base64url: session tokens, links, API tokens. Only its hash is stored. */
export function newSecretToken(random: Random): string {
  return encode(random.bytes(32));
}

/**
 * The token of a record made by a request that may be repeated: derived from the record's id, so that the repeat is
 * told the same token although none is stored. Random where nobody promised to repeat.
 */
export async function tokenOfRecord(
  id: string,
  { idempotency }: Once,
  { random, vault }: { readonly random: Random; readonly vault: Pick<Vault, "mac"> },
): Promise<string> {
  if (idempotency === undefined) return newSecretToken(random);
  return encode(await vault.mac("repeatable_token", id));
}

/** What is stored in place of a token: SHA-256 in hex. A token is random, so it needs no slow hash. */
export function hashToken(token: string): string {
  return sha256(token);
}

function encode(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
