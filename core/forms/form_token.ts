/** Says when a form's page was opened, signed; a browser works out a proof over it. */
import type { Io } from "../channel/mod.ts";
import type { Random } from "../ports.ts";
import { sha256 } from "../sha256.ts";

/** A page may stand open for so long; later its token says nothing. */
export const TOKEN_MS = 24 * 60 * 60_000;
/** Tries a browser needs on average: two to this power. */
export const PROOF_BITS = 14;
const MAX_PROOF = 16;

/** What a token is worth. `forged`: it is none of this channel's. */
export type FormToken =
  | { readonly kind: "none" | "forged" | "expired" }
  | { readonly kind: "valid"; readonly nonce: string; readonly issuedAt: number };

/** @param now epoch ms */
export async function makeFormToken(
  tags: Pick<Io, "signTag">,
  { random, now }: { readonly random: Random; readonly now: number },
): Promise<string> {
  const text = `${now.toString(36)}.${random.bytes(12).toHex()}`;
  return `${text}.${await tags.signTag(`form ${text}`)}`;
}

/** @param token as it was posted; null when it was not */
export async function readFormToken(
  tags: Pick<Io, "verifyTag">,
  token: string | null,
  now: number,
): Promise<FormToken> {
  if (token === null || token === "") return { kind: "none" };
  const [, text = "", time = "", nonce = "", tag = ""] =
    /^(([0-9a-z]{1,11})\.([0-9a-f]{24}))\.([a-z2-7]{16})$/.exec(token) ?? [];
  if (text === "" || !await tags.verifyTag(`form ${text}`, tag)) return { kind: "forged" };
  const issuedAt = Number.parseInt(time, 36);
  return now - issuedAt > TOKEN_MS ? { kind: "expired" } : { kind: "valid", nonce, issuedAt };
}

/** Whether a number was found whose hash with the token begins with that many zero bits. Pure. */
export function isProof(token: string, proof: string, bits: number): boolean {
  if (proof === "" || proof.length > MAX_PROOF) return false;
  const hash = sha256(`${token}:${proof}`);
  return BigInt(`0x${hash}`) >> BigInt(256 - bits) === 0n;
}
